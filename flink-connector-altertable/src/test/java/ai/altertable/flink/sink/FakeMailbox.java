package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;

/** Mails that run when the test's thread lets them. */
final class FakeMailbox implements MailboxExecutor {

    private static final int LONGEST_SECONDS = 60;

    private final BlockingQueue<ThrowingRunnable<? extends Exception>> mails =
            new LinkedBlockingQueue<>();

    @Override
    public void execute(
            MailOptions options,
            ThrowingRunnable<? extends Exception> command,
            String description,
            Object... arguments) {
        mails.add(command);
    }

    @Override
    public void yield() throws InterruptedException {
        ThrowingRunnable<? extends Exception> mail = mails.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
        assertThat(mail).as("a mail").isNotNull();
        run(mail);
    }

    @Override
    public boolean tryYield() {
        ThrowingRunnable<? extends Exception> mail = mails.poll();
        if (mail != null) {
            run(mail);
        }
        return mail != null;
    }

    private static void run(ThrowingRunnable<? extends Exception> mail) {
        try {
            mail.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new MailFailure(e);
        }
    }

    @Override
    public boolean shouldInterrupt() {
        return false;
    }

    /** What Flink does with an exception of a mail: it fails the task. */
    static final class MailFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MailFailure(Exception cause) {
            super(cause);
        }
    }
}
