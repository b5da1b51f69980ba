package ai.altertable.flink.quickstart;

import java.io.PrintStream;

/** What is going on: on a terminal one line that changes, elsewhere a line each time. */
final class ProgressLine implements AutoCloseable {

    private final PrintStream out;
    private final boolean terminal;
    private int shown;

    ProgressLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void show(String text) {
        if (terminal) {
            // Blanks wipe out what was longer; a return needs no knowledge of the terminal.
            out.print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
            shown = text.length();
        } else {
            out.println(text);
        }
        out.flush();
    }

    /** What comes next begins on a line of its own. */
    @Override
    public void close() {
        if (shown > 0) {
            out.println();
            shown = 0;
        }
    }
}
