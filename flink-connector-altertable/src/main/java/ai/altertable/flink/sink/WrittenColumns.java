package ai.altertable.flink.sink;

import ai.altertable.flink.ChunkFormat;
import ai.altertable.flink.DeleteMode;
import ai.altertable.flink.TableId;
import ai.altertable.flink.client.Upsert;
import ai.altertable.flink.format.ColumnBinding;
import ai.altertable.flink.format.DuckType;
import ai.altertable.flink.format.SqlText;
import ai.altertable.flink.format.TableColumns;
import ai.altertable.flink.format.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The columns of the rows as the table has them.
 *
 * @param type of the rows, with the column of soft deletes behind theirs
 */
record WrittenColumns(
        RowType type, SinkSettings settings, TableColumns table, ColumnBinding binding) {

    /** The declared columns, and what the sink adds to them. */
    static RowType type(RowType declared, SinkSettings settings) {
        if (settings.upserting().deleteMode() != DeleteMode.SOFT) {
            return declared;
        }
        List<RowType.RowField> fields = new ArrayList<>(declared.getFields());
        fields.add(
                new RowType.RowField(settings.upserting().deleteColumn(), new BooleanType(false)));
        return new RowType(fields);
    }

    /** Refuses, in one message, all that does not fit. */
    static WrittenColumns bind(RowType type, SinkSettings settings, TableColumns table) {
        List<String> problems = new ArrayList<>();
        ColumnBinding binding = null;
        try {
            binding = TypeMapping.bindForWriting(type, table.fields(), settings.writing().format());
        } catch (ValidationException e) {
            problems.add(e.getMessage().strip());
        }
        WrittenColumns columns = new WrittenColumns(type, settings, table, binding);
        columns.checkNullability(problems);
        if (binding != null && settings.upserts()) {
            columns.checkUpserts(problems);
        }
        if (!problems.isEmpty()) {
            throw new ValidationException(
                    "The table "
                            + table.table()
                            + " does not fit: "
                            + String.join("\n  ", problems));
        }
        return columns;
    }

    private void checkNullability(List<String> problems) {
        for (TableColumns.Column column : table.columns()) {
            for (RowType.RowField field : type.getFields()) {
                if (!column.nullable()
                        && field.getType().isNullable()
                        && field.getName().equalsIgnoreCase(column.name())) {
                    problems.add(
                            field.getName()
                                    + ": the table takes no NULL there; declare it "
                                    + field.getType().copy(false).asSummaryString());
                }
            }
        }
    }

    private void checkUpserts(List<String> problems) {
        try {
            Upsert.checkKey(keyNames());
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        if (settings.writing().format() == ChunkFormat.JSONL && !areAll()) {
            problems.add(
                    table.columns().stream()
                                    .map(TableColumns.Column::name)
                                    .filter(name -> !binding.names().contains(name))
                                    .collect(Collectors.joining(", "))
                            + ": not declared, and an upsert of JSON sets what it does not name to"
                            + " NULL; declare all columns, or set sink.format to parquet");
        }
    }

    /** Whether a row says all that the table holds of it. */
    boolean areAll() {
        return binding.size() == table.columns().size();
    }

    /** The columns of the key as the table spells them. */
    List<String> keyNames() {
        return settings.upserting().key().stream().map(this::spelled).toList();
    }

    Optional<String> cursorName() {
        String cursor = settings.upserting().cursorField();
        return cursor.isEmpty() ? Optional.empty() : Optional.of(spelled(cursor));
    }

    Optional<String> deleteColumnName() {
        String column = settings.upserting().deleteColumn();
        return column.isEmpty() ? Optional.empty() : Optional.of(spelled(column));
    }

    private String spelled(String field) {
        int position = type.getFieldIndex(field);
        int column =
                IntStream.range(0, binding.size())
                        .filter(i -> binding.position(i) == position)
                        .findFirst()
                        .orElseThrow();
        return binding.names().get(column);
    }

    /** The statements that delete the rows with given keys, or mark them. */
    KeyStatements deletes() {
        TableId id = table.table();
        String name = SqlText.qualified(id.catalog(), id.schema(), id.table());
        List<String> keys = keyNames();
        String columns = letters(keys, i -> "k" + i, ", ");
        String casts =
                letters(
                        keys,
                        i -> "CAST(k" + i + " AS " + typeOf(keys.get(i)) + ") AS k" + i,
                        ", ");
        String matches =
                letters(keys, i -> "t." + SqlText.identifier(keys.get(i)) + " = d.k" + i, " AND ");
        String what =
                settings.upserting().deleteMode() == DeleteMode.SOFT
                        ? "UPDATE "
                                + name
                                + " AS t SET "
                                + SqlText.identifier(deleteColumnName().orElseThrow())
                                + " = TRUE FROM "
                        : "DELETE FROM " + name + " AS t USING ";
        return new KeyStatements(
                what + "(SELECT " + casts + " FROM (VALUES ",
                ") AS v(" + columns + ")) AS d WHERE " + matches);
    }

    private static String letters(List<String> keys, IntFunction<String> each, String between) {
        return IntStream.range(0, keys.size()).mapToObj(each).collect(Collectors.joining(between));
    }

    /** A column's own type, so that nothing is cast row by row; an ENUM's name says too little. */
    String typeOf(String name) {
        DuckType type =
                table.columns().stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .type();
        return type.name().equals("ENUM") ? "VARCHAR" : type.ddl();
    }
}
