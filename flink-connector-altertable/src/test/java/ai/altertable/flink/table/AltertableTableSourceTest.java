package ai.altertable.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.source.Scan;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class AltertableTableSourceTest {

    private static final DataType COLUMNS =
            DataTypes.ROW(
                    DataTypes.FIELD("id", DataTypes.INT()),
                    DataTypes.FIELD("r", DataTypes.ROW(DataTypes.FIELD("a", DataTypes.INT()))));

    private static final RowType ROW_TYPE = (RowType) COLUMNS.getLogicalType();

    private static ReadSettings settings() {
        return ReadSettings.from(
                new Configuration()
                        .set(AltertableOptions.URL, "http://localhost:1")
                        .set(AltertableOptions.USERNAME, "u")
                        .set(AltertableOptions.PASSWORD, "p")
                        .set(AltertableOptions.CONNECTION_TIMEOUT, Duration.ofSeconds(1)),
                ROW_TYPE);
    }

    /** Pushes everything there is. */
    private static void pushEverything(AltertableTableSource source) {
        source.applyFilters(
                List.of(
                        CallExpression.permanent(
                                BuiltInFunctionDefinitions.GREATER_THAN,
                                List.of(
                                        new FieldReferenceExpression("id", DataTypes.INT(), 0, 0),
                                        new ValueLiteralExpression(3)),
                                DataTypes.BOOLEAN())));
        source.applyProjection(
                new int[][] {{1, 0}}, DataTypes.ROW(DataTypes.FIELD("r_a", DataTypes.INT())));
        source.applyLimit(7);
    }

    @Test
    void copiesEverythingThatWasPushed() throws Exception {
        for (AltertableTableSource source :
                List.of(
                        new AltertableTableSource(settings(), TableQueries.of(ROW_TYPE)),
                        new AggregatingTableSource(settings(), TableQueries.of(ROW_TYPE)))) {
            TableQuery before = source.query();
            pushEverything(source);

            Object copy = source.copy();

            assertThat(copy).isExactlyInstanceOf(source.getClass());
            for (Field field : fields(source.getClass())) {
                field.setAccessible(true);
                assertThat(field.get(copy)).as(field.getName()).isEqualTo(field.get(source));
            }
            assertThat(changed(source.query().scan(), before.scan()))
                    .containsExactly("rowType", "where", "limit", "computed", "reliedOn");
        }
    }

    /** So that a part of the scan that is added later is pushed, or named here. */
    private static List<String> changed(Scan scan, Scan before) throws Exception {
        List<String> changed = new ArrayList<>();
        for (RecordComponent part : Scan.class.getRecordComponents()) {
            if (!part.getAccessor().invoke(scan).equals(part.getAccessor().invoke(before))) {
                changed.add(part.getName());
            }
        }
        return changed;
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.add(field);
                }
            }
        }
        assertThat(fields).isNotEmpty();
        return fields;
    }

    @Test
    void leavesACopyAloneWhenItIsPushedTo() {
        AltertableTableSource source =
                new AltertableTableSource(settings(), TableQueries.of(ROW_TYPE));
        AltertableTableSource copy = (AltertableTableSource) source.copy();

        pushEverything(copy);

        assertThat(source.query()).isEqualTo(TableQueries.of(ROW_TYPE));
    }

    @Test
    void knowsNothingOfALakehouseThatDoesNotAnswer() {
        AltertableTableSource source =
                new AltertableTableSource(settings(), TableQueries.of(ROW_TYPE));

        assertThat(source.reportStatistics()).isEqualTo(TableStats.UNKNOWN);
    }

    @Test
    void showsNoSqlInItsSummary() {
        AltertableTableSource source =
                new AltertableTableSource(settings(), TableQueries.of(ROW_TYPE));
        pushEverything(source);

        assertThat(source.asSummaryString()).isEqualTo("Altertable");
        assertThat(source.query().scan().toString()).isEqualTo("scan of lake.main.t");
    }
}
