package ai.altertable.flink.source;

import java.io.Serializable;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A part of a scan that is read by one statement, whole. It has no position: until all its rows
 * have been emitted, none of them counts.
 *
 * @param condition which rows of the relation, in SQL
 * @param estimatedRows how many that may be, for people to look at; 0 when nobody knows
 */
public record QuerySplit(
        String splitId, SplitTemplate template, String condition, long estimatedRows)
        implements SourceSplit, Serializable {

    private static final long serialVersionUID = 1L;

    String statement() {
        return template.statement(condition);
    }

    /** Shows no SQL: it may hold values. */
    @Override
    public String toString() {
        return "split " + splitId;
    }
}
