package ai.altertable.flink.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * The file's schema, its columns, and for each field of the row what writes it into them; all three
 * found in one walk over the row type. Everything but the key of a map is optional, whatever Flink
 * declares: a NULL in a NOT NULL column is for the table to refuse.
 */
final class ParquetRow {

    private final List<SchemaElement> schema = new ArrayList<>();
    private final List<ParquetColumn> columns = new ArrayList<>();
    private final ParquetValue[] values;
    private final int[] positions;

    /** Where the walk is. */
    private final Deque<String> path = new ArrayDeque<>();

    private int definitions;
    private int repetitions;

    ParquetRow(ColumnBinding binding) {
        values = new ParquetValue[binding.size()];
        positions = new int[binding.size()];
        schema.add(new SchemaElement("row").setNum_children(binding.size()));
        for (int i = 0; i < values.length; i++) {
            values[i] = optional(binding.names().get(i), binding.type(i));
            positions[i] = binding.position(i);
        }
    }

    /** Depth first, as the footer lists it. */
    List<SchemaElement> schema() {
        return schema;
    }

    List<ParquetColumn> columns() {
        return columns;
    }

    void write(RowData row) {
        for (int i = 0; i < values.length; i++) {
            values[i].write(row, positions[i], 0, 0);
        }
    }

    private ParquetValue optional(String name, LogicalType type) {
        definitions++;
        ParquetValue value = field(name, type, FieldRepetitionType.OPTIONAL);
        definitions--;
        return value;
    }

    private ParquetValue field(String name, LogicalType type, FieldRepetitionType repetition) {
        boolean required = repetition == FieldRepetitionType.REQUIRED;
        path.addLast(name);
        String fullName = String.join(".", path);
        ParquetValue value =
                switch (type.getTypeRoot()) {
                    case ARRAY -> {
                        LogicalType element = ((ArrayType) type).getElementType();
                        SchemaElement list = group(name, repetition, 1);
                        list.setConverted_type(ConvertedType.LIST);
                        list.setLogicalType(
                                org.apache.parquet.format.LogicalType.LIST(new ListType()));
                        yield repeated(
                                "list",
                                1,
                                () ->
                                        new ParquetList(
                                                fullName,
                                                required,
                                                repetitions,
                                                optional("element", element)));
                    }
                    case MAP -> {
                        MapType map = (MapType) type;
                        yield map(name, map.getKeyType(), map.getValueType(), repetition);
                    }
                    case MULTISET ->
                            map(
                                    name,
                                    ((MultisetType) type).getElementType(),
                                    new IntType(),
                                    repetition);
                    case ROW -> {
                        List<RowType.RowField> fields = ((RowType) type).getFields();
                        group(name, repetition, fields.size());
                        ParquetValue[] children = new ParquetValue[fields.size()];
                        for (int i = 0; i < children.length; i++) {
                            children[i] =
                                    optional(fields.get(i).getName(), fields.get(i).getType());
                        }
                        yield new ParquetStruct(fullName, required, children);
                    }
                    default -> leaf(name, fullName, type, repetition);
                };
        path.removeLast();
        return value;
    }

    private ParquetValue map(
            String name, LogicalType key, LogicalType value, FieldRepetitionType repetition) {
        String fullName = String.join(".", path);
        boolean required = repetition == FieldRepetitionType.REQUIRED;
        SchemaElement map = group(name, repetition, 1);
        map.setConverted_type(ConvertedType.MAP);
        map.setLogicalType(
                org.apache.parquet.format.LogicalType.MAP(new org.apache.parquet.format.MapType()));
        return repeated(
                "key_value",
                2,
                () ->
                        new ParquetMap(
                                fullName,
                                required,
                                repetitions,
                                field("key", key, FieldRepetitionType.REQUIRED),
                                optional("value", value)));
    }

    private ParquetValue repeated(String name, int children, Supplier<ParquetValue> value) {
        group(name, FieldRepetitionType.REPEATED, children);
        path.addLast(name);
        definitions++;
        repetitions++;
        ParquetValue built = value.get();
        repetitions--;
        definitions--;
        path.removeLast();
        return built;
    }

    private SchemaElement group(String name, FieldRepetitionType repetition, int children) {
        SchemaElement group =
                new SchemaElement(name).setRepetition_type(repetition).setNum_children(children);
        schema.add(group);
        return group;
    }

    private ParquetValue leaf(
            String name, String fullName, LogicalType type, FieldRepetitionType repetition) {
        boolean required = repetition == FieldRepetitionType.REQUIRED;
        SchemaElement element =
                ParquetTypes.of(type, fullName).setName(name).setRepetition_type(repetition);
        schema.add(element);
        ParquetLeaf leaf = new ParquetLeaf(element, List.copyOf(path), definitions, repetitions);
        if (leaf.type() == Type.BYTE_ARRAY || leaf.type() == Type.FIXED_LEN_BYTE_ARRAY) {
            BytesColumn column = new BytesColumn(leaf);
            columns.add(column);
            return new ParquetBytes(fullName, required, column, type);
        }
        NumberColumn column = new NumberColumn(leaf);
        columns.add(column);
        return new ParquetNumber(fullName, required, column, type);
    }
}
