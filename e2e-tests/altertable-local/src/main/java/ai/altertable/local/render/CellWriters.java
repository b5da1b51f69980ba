package ai.altertable.local.render;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.UnionVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/**
 * How each type is rendered, the lossy corners of real servers included, since clients must cope
 * with them: decimals and wide integers pass through doubles, NaN and infinities become null, a
 * STRUCT is a positional array, a MAP loses its null values and fails on keys that are no strings,
 * JSON is inlined, a TIMETZ loses its offset.
 */
final class CellWriters {

    private final DictionaryProvider dictionaries;

    CellWriters(DictionaryProvider dictionaries) {
        this.dictionaries = dictionaries;
    }

    /** The writer of a column of a result; {@code type} is DuckDB's name of its type. */
    CellWriter column(FieldVector vector, String type) {
        CellWriter writer =
                switch (type) {
                    case "JSON" -> inlined((VarCharVector) vector);
                    case "BIT" -> bits((VarBinaryVector) vector);
                    case "UHUGEINT" -> Numbers.unsigned128((DecimalVector) vector);
                    default -> value(vector);
                };
        return nullable(vector, writer);
    }

    private CellWriter nested(ValueVector vector) {
        return nullable(vector, value(vector));
    }

    private static CellWriter nullable(ValueVector vector, CellWriter writer) {
        return (out, row) -> {
            if (vector.isNull(row)) {
                out.putNull();
            } else {
                writer.write(out, row);
            }
        };
    }

    private CellWriter value(ValueVector vector) {
        DictionaryEncoding dictionary = vector.getField().getDictionary();
        if (dictionary != null) {
            return fromDictionary(vector, dictionaries.lookup(dictionary.getId()));
        }
        if (vector instanceof BitVector v) {
            return (out, row) -> out.putPlain(v.get(row) == 1 ? "true" : "false");
        } else if (vector instanceof TinyIntVector v) {
            return (out, row) -> out.putNumber(v.get(row));
        } else if (vector instanceof SmallIntVector v) {
            return (out, row) -> out.putNumber(v.get(row));
        } else if (vector instanceof IntVector v) {
            return (out, row) -> out.putNumber(v.get(row));
        } else if (vector instanceof BigIntVector v) {
            return (out, row) -> out.putNumber(v.get(row));
        } else if (vector instanceof UInt1Vector v) {
            return (out, row) -> out.putNumber(v.get(row) & 0xFF);
        } else if (vector instanceof UInt2Vector v) {
            return (out, row) -> out.putNumber(v.get(row));
        } else if (vector instanceof UInt4Vector v) {
            return (out, row) -> out.putNumber(v.get(row) & 0xFFFF_FFFFL);
        } else if (vector instanceof UInt8Vector v) {
            return (out, row) -> out.putPlain(Long.toUnsignedString(v.get(row)));
        } else if (vector instanceof Float4Vector v) {
            return (out, row) -> Numbers.putFloat(out, v.get(row));
        } else if (vector instanceof Float8Vector v) {
            return (out, row) -> Numbers.putDouble(out, v.get(row));
        } else if (vector instanceof DecimalVector v) {
            return (out, row) -> Numbers.putDecimal(out, v, row);
        } else if (vector instanceof VarCharVector v) {
            return (out, row) ->
                    out.putString(v.getDataBuffer(), startOf(v, row), lengthOf(v, row));
        } else if (vector instanceof VarBinaryVector v) {
            return (out, row) ->
                    out.putHex(
                            v.getDataBuffer(),
                            v.getStartOffset(row),
                            v.getEndOffset(row) - v.getStartOffset(row));
        }
        return temporalOrNested(vector);
    }

    private CellWriter temporalOrNested(ValueVector vector) {
        if (vector instanceof DateDayVector v) {
            return quoted(Temporals.date(v));
        } else if (vector instanceof TimeMicroVector v) {
            return quoted(Temporals.timeOfMicros(v));
        } else if (vector instanceof TimeNanoVector v) {
            return quoted(Temporals.timeOfNanos(v));
        } else if (vector instanceof TimeStampVector v) {
            return quoted(Temporals.timestamp(v));
        } else if (vector instanceof IntervalMonthDayNanoVector v) {
            return (out, row) -> out.putString(String.valueOf(v.getObject(row)));
        } else if (vector instanceof MapVector v) {
            return map(v);
        } else if (vector instanceof ListVector v) {
            CellWriter element = nested(v.getDataVector());
            return (out, row) ->
                    putArray(out, element, v.getElementStartIndex(row), v.getElementEndIndex(row));
        } else if (vector instanceof FixedSizeListVector v) {
            CellWriter element = nested(v.getDataVector());
            int length = v.getListSize();
            return (out, row) -> putArray(out, element, row * length, (row + 1) * length);
        } else if (vector instanceof StructVector v) {
            return struct(v.getChildrenFromFields().stream().map(this::nested).toList());
        } else if (vector instanceof UnionVector v) {
            return (out, row) -> nested(v.getVector(row)).write(out, row);
        }
        throw new RenderException(
                "Not implemented Error: no rendering for " + vector.getField().getType());
    }

    private static CellWriter quoted(CellWriter inner) {
        return (out, row) -> {
            out.put('"');
            inner.write(out, row);
            out.put('"');
        };
    }

    private static int startOf(VarCharVector vector, int row) {
        return vector.getStartOffset(row);
    }

    private static int lengthOf(VarCharVector vector, int row) {
        return vector.getEndOffset(row) - vector.getStartOffset(row);
    }

    private CellWriter fromDictionary(ValueVector indexes, Dictionary dictionary) {
        CellWriter value = value(dictionary.getVector());
        if (indexes instanceof UInt1Vector v) {
            return (out, row) -> value.write(out, v.get(row) & 0xFF);
        } else if (indexes instanceof UInt2Vector v) {
            return (out, row) -> value.write(out, v.get(row));
        } else if (indexes instanceof UInt4Vector v) {
            return (out, row) -> value.write(out, v.get(row));
        }
        throw new IllegalStateException("an index of " + indexes.getField().getType());
    }

    /**
     * JSON may be laid out in lines, but a row has only one: blanks outside strings are dropped.
     */
    private static CellWriter inlined(VarCharVector vector) {
        return (out, row) -> {
            ArrowBuf data = vector.getDataBuffer();
            int end = vector.getEndOffset(row);
            boolean inString = false;
            for (long i = vector.getStartOffset(row); i < end; i++) {
                byte b = data.getByte(i);
                if (inString && b == '\\') {
                    out.put((char) b);
                    b = data.getByte(++i);
                } else if (b == '"') {
                    inString = !inString;
                }
                if (inString || b > ' ' || b < 0) {
                    out.put((char) b);
                }
            }
        };
    }

    /** DuckDB keeps the number of unused bits in the first byte. */
    private static CellWriter bits(VarBinaryVector vector) {
        return (out, row) -> {
            ArrowBuf data = vector.getDataBuffer();
            long start = vector.getStartOffset(row);
            int unused = data.getByte(start);
            int bits = (vector.getEndOffset(row) - (int) start - 1) * 8;
            out.put('"');
            for (int i = unused; i < bits; i++) {
                out.put((data.getByte(start + 1 + i / 8) >> (7 - i % 8) & 1) == 1 ? '1' : '0');
            }
            out.put('"');
        };
    }

    private static void putArray(JsonBuffer out, CellWriter element, int from, int to) {
        out.put('[');
        for (int i = from; i < to; i++) {
            if (i > from) {
                out.put(',');
            }
            element.write(out, i);
        }
        out.put(']');
    }

    private static CellWriter struct(List<CellWriter> fields) {
        return (out, row) -> {
            out.put('[');
            for (int i = 0; i < fields.size(); i++) {
                if (i > 0) {
                    out.put(',');
                }
                fields.get(i).write(out, row);
            }
            out.put(']');
        };
    }

    private CellWriter map(MapVector vector) {
        StructVector entries = (StructVector) vector.getDataVector();
        ValueVector keys = entries.getChildByOrdinal(0);
        ValueVector values = entries.getChildByOrdinal(1);
        if (!(keys instanceof VarCharVector)) {
            throw new RenderException(
                    "Not implemented Error: only a MAP with keys of VARCHAR can be rendered");
        }
        CellWriter key = value(keys);
        CellWriter value = nested(values);
        return (out, row) -> {
            out.put('{');
            boolean first = true;
            int end = vector.getElementEndIndex(row);
            for (int i = vector.getElementStartIndex(row); i < end; i++) {
                if (values.isNull(i)) {
                    continue;
                }
                if (!first) {
                    out.put(',');
                }
                first = false;
                key.write(out, i);
                out.put(':');
                value.write(out, i);
            }
            out.put('}');
        };
    }
}
