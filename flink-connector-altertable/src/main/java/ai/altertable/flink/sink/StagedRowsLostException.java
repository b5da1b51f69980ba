package ai.altertable.flink.sink;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Rows that are to be committed are not in the lakehouse any more: only a person can decide. */
final class StagedRowsLostException extends IOException {

    private static final long serialVersionUID = 1L;

    StagedRowsLostException(StagedChunks staged, Set<String> there) {
        super(message(staged, there));
    }

    private static String message(StagedChunks staged, Set<String> there) {
        List<String> missing =
                staged.tables().stream()
                        .map(StagedChunks.Table::name)
                        .filter(name -> !there.contains(name))
                        .toList();
        return "Staged rows are gone: "
                + staged.rows()
                + " rows of a checkpoint for "
                + staged.how().target()
                + " are not committed (there is no "
                + staged.id()
                + " in "
                + staged.how().ledger()
                + "), and of "
                + staged.tables().size()
                + " staged tables "
                + missing.size()
                + " are not there, such as "
                + missing.get(0)
                + ". Somebody dropped them, or rows of the ledger. Nothing can be committed that"
                + " would be right: bring the table or the rows of the ledger back, or restore the"
                + " job from an older checkpoint";
    }
}
