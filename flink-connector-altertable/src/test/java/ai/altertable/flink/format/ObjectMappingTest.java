package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectMappingTest {

    record Line(String article, int count) {}

    record Order(
            long id,
            String customer,
            UUID reference,
            BigDecimal total,
            DayOfWeek day,
            LocalDate date,
            LocalTime time,
            LocalDateTime created,
            Instant paid,
            byte[] signature,
            List<Line> lines,
            Map<String, Double> weights,
            Integer[] ratings,
            boolean open) {}

    public static class Pojo {
        public long id;
        private String customerName;
        private Boolean active;

        public String getCustomerName() {
            return customerName;
        }

        public void setCustomerName(String name) {
            this.customerName = name;
        }

        public Boolean isActive() {
            return active;
        }

        public void setActive(Boolean active) {
            this.active = active;
        }
    }

    private static RowType row(DataTypes.Field... fields) {
        return (RowType) DataTypes.ROW(fields).getLogicalType();
    }

    private static RowType column(DataType type) {
        return row(DataTypes.FIELD("c", type));
    }

    private static Object read(DataType type, Object value) {
        return ((GenericRowData) ObjectMapping.toRow(Row.class, column(type)).toRow(Row.of(value)))
                .getField(0);
    }

    private static final Order ORDER =
            new Order(
                    7,
                    "Zoë 🚀",
                    UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
                    new BigDecimal("12.500000000000000000"),
                    DayOfWeek.FRIDAY,
                    LocalDate.of(1, 1, 1),
                    LocalTime.of(23, 59, 59, 999_000_000),
                    LocalDateTime.of(2026, 2, 28, 1, 2, 3, 4000),
                    Instant.parse("1969-12-31T23:59:59.999999Z"),
                    new byte[] {0, -1},
                    Arrays.asList(new Line("pen", 3), null),
                    new HashMap<>(Map.of("pen", 0.5)),
                    new Integer[] {1, null},
                    true);

    @Nested
    class Columns {

        @Test
        void ofARecordAreItsComponents() {
            assertThat(ObjectMapping.rowType(Order.class).asSummaryString())
                    .isEqualTo(
                            "ROW<`id` BIGINT NOT NULL, `customer` STRING, `reference` STRING,"
                                    + " `total` DECIMAL(38, 18), `day` STRING, `date` DATE,"
                                    + " `time` TIME(3), `created` TIMESTAMP(6),"
                                    + " `paid` TIMESTAMP_LTZ(6), `signature` BYTES,"
                                    + " `lines` ARRAY<ROW<`article` STRING, `count` INT NOT NULL>>,"
                                    + " `weights` MAP<STRING, DOUBLE>, `ratings` ARRAY<INT>,"
                                    + " `open` BOOLEAN NOT NULL>");
        }

        @Test
        void ofAPojoAreFieldsAndProperties() {
            assertThat(ObjectMapping.rowType(Pojo.class).asSummaryString())
                    .isEqualTo(
                            "ROW<`active` BOOLEAN, `customerName` STRING, `id` BIGINT NOT NULL>");
        }

        @Test
        void areNotGuessed() {
            record Raw(@SuppressWarnings("rawtypes") List items) {}
            record Thing(Thread thread) {}
            record Endless(Line line, List<Endless> more) {}

            assertThatThrownBy(() -> ObjectMapping.rowType(Raw.class))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("Raw.items");
            assertThatThrownBy(() -> ObjectMapping.rowType(Thing.class))
                    .hasMessageContaining("Thing.thread");
            assertThatThrownBy(() -> ObjectMapping.rowType(Endless.class))
                    .hasMessageContaining("holds itself");
            assertThatThrownBy(() -> ObjectMapping.rowType(Object.class))
                    .hasMessageContaining("no members");
        }
    }

    @Nested
    class Objects {

        @Test
        void comeBackAsTheyWere() {
            RowType columns = ObjectMapping.rowType(Order.class);
            RowData row = ObjectMapping.toRow(Order.class, columns).toRow(ORDER);
            Order back = ObjectMapping.fromRow(Order.class, columns).fromRow(row);

            assertThat(row.getRowKind()).isEqualTo(RowKind.INSERT);
            assertThat(back).usingRecursiveComparison().isEqualTo(ORDER);
        }

        @Test
        void findTheirColumnsByNameWithoutCaseAndUnderscores() {
            RowType columns =
                    row(
                            DataTypes.FIELD("CUSTOMER_NAME", DataTypes.STRING()),
                            DataTypes.FIELD("ID", DataTypes.DECIMAL(20, 0)));
            Pojo pojo = new Pojo();
            pojo.id = 5;
            pojo.setCustomerName("x");

            RowData row = ObjectMapping.toRow(Pojo.class, columns).toRow(pojo);

            assertThat(row.getString(0)).isEqualTo(StringData.fromString("x"));
            assertThat(row.getDecimal(1, 20, 0).toBigDecimal()).isEqualTo("5");
        }

        @Test
        void areMadeOfRowsBySetters() {
            RowType columns = ObjectMapping.rowType(Pojo.class);
            RowData row = GenericRowData.of(true, StringData.fromString("x"), 5L);

            Pojo pojo = ObjectMapping.fromRow(Pojo.class, columns).fromRow(row);

            assertThat(pojo.id).isEqualTo(5);
            assertThat(pojo.getCustomerName()).isEqualTo("x");
            assertThat(pojo.isActive()).isTrue();
        }

        @Test
        void leaveComponentsWithoutAColumnAtTheirDefault() {
            RowType columns = row(DataTypes.FIELD("article", DataTypes.STRING()));

            assertThat(
                            ObjectMapping.fromRow(Line.class, columns)
                                    .fromRow(GenericRowData.of(StringData.fromString("pen"))))
                    .isEqualTo(new Line("pen", 0));
        }

        @Test
        void refuseNullInAPrimitiveMemberByName() {
            RowType columns = row(DataTypes.FIELD("count", DataTypes.INT()));

            assertThatThrownBy(
                            () ->
                                    ObjectMapping.fromRow(Line.class, columns)
                                            .fromRow(GenericRowData.of((Object) null)))
                    .hasMessageContaining("count is NULL")
                    .hasMessageContaining("Integer");
        }

        @Test
        void areRefusedEarlyWhenAColumnDoesNotFit() {
            RowType missing = row(DataTypes.FIELD("price", DataTypes.INT()));
            RowType wide = row(DataTypes.FIELD("count", DataTypes.BIGINT()));
            RowType text = row(DataTypes.FIELD("count", DataTypes.STRING()));

            assertThatThrownBy(() -> ObjectMapping.toRow(Line.class, missing))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContainingAll("price", "article, count");
            assertThatThrownBy(() -> ObjectMapping.fromRow(Line.class, wide))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("count: int cannot hold every BIGINT");
            assertThatThrownBy(() -> ObjectMapping.toRow(Line.class, text))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("count: int cannot be taken as STRING");
        }

        @Test
        void travelWithTheirMapping() throws Exception {
            RowType columns = ObjectMapping.rowType(Line.class);
            ToRow<Line> there = copy(ObjectMapping.toRow(Line.class, columns));
            FromRow<Line> back = copy(ObjectMapping.fromRow(Line.class, columns));

            assertThat(back.fromRow(there.toRow(new Line("pen", 1)))).isEqualTo(new Line("pen", 1));
        }

        @SuppressWarnings("unchecked")
        private static <T> T copy(T object) throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new ObjectOutputStream(bytes).writeObject(object);
            return (T)
                    new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))
                            .readObject();
        }
    }

    @Nested
    class Rows {

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
        void ofAnyTypeComeBackAsTheyWere(long seed) throws Exception {
            RandomRows random = new RandomRows(seed, true).onlyTextsOfSql();
            for (int i = 0; i < 50; i++) {
                RowType columns = random.rowType();
                RowData row = random.row(columns);

                Row object = ObjectMapping.fromRow(Row.class, columns).fromRow(row);
                RowData back =
                        ObjectMapping.toRow(Row.class, columns).toRow(carried(object, columns));

                assertThat(PlainValue.of(back, columns))
                        .as("seed %s, row %s", seed, i)
                        .isEqualTo(PlainValue.of(row, columns));
            }
        }

        /** As Flink's network does. */
        private static Row carried(Row row, RowType columns) throws Exception {
            TypeSerializer<Row> serializer =
                    ObjectMapping.typeInformation(Row.class, columns)
                            .createSerializer(new SerializerConfigImpl());
            DataOutputSerializer out = new DataOutputSerializer(100);
            serializer.serialize(row, out);
            return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
        }

        @Test
        void keepTheirKind() {
            RowType columns = column(DataTypes.INT());
            RowData deleted =
                    ObjectMapping.toRow(Row.class, columns).toRow(Row.ofKind(RowKind.DELETE, 1));

            assertThat(deleted.getRowKind()).isEqualTo(RowKind.DELETE);
            assertThat(ObjectMapping.fromRow(Row.class, columns).fromRow(deleted).getKind())
                    .isEqualTo(RowKind.DELETE);
        }

        @Test
        void areReadByNameWhenTheyHaveNames() {
            RowType columns =
                    row(
                            DataTypes.FIELD("a", DataTypes.INT()),
                            DataTypes.FIELD("b", DataTypes.STRING()));
            Row named = Row.withNames();
            named.setField("b", "x");
            named.setField("a", 1);

            RowData row = ObjectMapping.toRow(Row.class, columns).toRow(named);

            assertThat(row.getInt(0)).isEqualTo(1);
            assertThat(row.getString(1)).hasToString("x");
        }

        @Test
        void areGivenWithNamesAndPositions() {
            Row row =
                    ObjectMapping.fromRow(Row.class, column(DataTypes.INT()))
                            .fromRow(GenericRowData.of(4));

            assertThat(row.<Integer>getFieldAs("c")).isEqualTo(4);
            assertThat(row.<Integer>getFieldAs(0)).isEqualTo(4);
        }

        @Test
        void ofAnotherArityAreRefused() {
            assertThatThrownBy(
                            () ->
                                    ObjectMapping.toRow(Row.class, column(DataTypes.INT()))
                                            .toRow(Row.of(1, 2)))
                    .isInstanceOf(RowNotEncodableException.class)
                    .hasMessageContaining("2 fields instead of 1");
        }
    }

    @Nested
    class Values {

        @Test
        void areTakenFromEveryTypeThatHoldsThem() {
            assertThat(read(DataTypes.BIGINT(), (byte) 1)).isEqualTo(1L);
            assertThat(read(DataTypes.TINYINT(), new BigInteger("-128"))).isEqualTo((byte) -128);
            assertThat(read(DataTypes.DOUBLE(), 0.5f)).isEqualTo(0.5);
            assertThat(read(DataTypes.DECIMAL(5, 2), 7L)).hasToString("7.00");
            assertThat(read(DataTypes.STRING(), DayOfWeek.MONDAY)).hasToString("MONDAY");
            assertThat(read(DataTypes.TIMESTAMP_LTZ(6), Instant.EPOCH))
                    .isEqualTo(TimestampData.fromEpochMillis(0));
        }

        @Test
        void thatWouldChangeAreRefusedWithoutShowingThem() {
            assertThatThrownBy(() -> read(DataTypes.TINYINT(), 4711))
                    .isInstanceOf(RowNotEncodableException.class)
                    .hasMessageContaining("c: ")
                    .hasMessageNotContaining("4711");
            assertThatThrownBy(() -> read(DataTypes.DECIMAL(5, 2), new BigDecimal("1.234")))
                    .isInstanceOf(RowNotEncodableException.class)
                    .hasMessageNotContaining("1.234");
            assertThatThrownBy(() -> read(DataTypes.DECIMAL(5, 2), 47110))
                    .isInstanceOf(RowNotEncodableException.class);
            assertThatThrownBy(() -> read(DataTypes.FLOAT(), 0.1))
                    .isInstanceOf(RowNotEncodableException.class)
                    .hasMessageContaining("java.lang.Double");
            assertThatThrownBy(() -> read(DataTypes.STRING(), 5))
                    .isInstanceOf(RowNotEncodableException.class);
            assertThatThrownBy(() -> read(DataTypes.BIGINT(), BigInteger.ONE.shiftLeft(63)))
                    .isInstanceOf(RowNotEncodableException.class);
        }

        @Test
        void ofDecimalsLoseOnlyZeros() {
            assertThat(read(DataTypes.DECIMAL(5, 2), new BigDecimal("1.2300"))).hasToString("1.23");
        }
    }
}
