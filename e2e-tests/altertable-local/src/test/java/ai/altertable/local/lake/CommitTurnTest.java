package ai.altertable.local.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.local.Storage;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommitTurnTest {

    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @AfterEach
    void letItEnd() {
        mayEnd.countDown();
    }

    /** Has the turn, in a thread of its own, until {@link #mayEnd}. */
    private CompletableFuture<Boolean> hold(CommitTurn turn) throws InterruptedException {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Thread holder =
                new Thread(
                        () -> {
                            try {
                                turn.take(
                                        () -> {
                                            working.countDown();
                                            return awaitEnd(ended);
                                        });
                            } catch (SQLException e) {
                                ended.completeExceptionally(e);
                            }
                        });
        holder.start();
        working.await();
        return ended;
    }

    private boolean awaitEnd(CompletableFuture<Boolean> ended) {
        try {
            mayEnd.await();
            return ended.complete(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ended.completeExceptionally(e);
        }
    }

    @Test
    void onDuckLakeTheNextWaitsForTheEndOfTheFirst() throws Exception {
        CommitTurn turn = new CommitTurn(Storage.DUCKLAKE);
        CompletableFuture<Boolean> first = hold(turn);
        AtomicBoolean waited = new AtomicBoolean();

        boolean firstHadEnded =
                turn.take(
                        first::isDone,
                        () -> {
                            waited.set(true);
                            mayEnd.countDown();
                        });

        assertThat(firstHadEnded).isTrue();
        assertThat(waited).isTrue();
    }

    @Test
    void whatIsNotWantedAnyMoreStopsWaiting() throws Exception {
        CommitTurn turn = new CommitTurn(Storage.DUCKLAKE);
        hold(turn);

        assertThatThrownBy(
                        () ->
                                turn.take(
                                        () -> "ran",
                                        () -> {
                                            throw new SQLException("cancelled");
                                        }))
                .hasMessage("cancelled");
    }

    @Test
    void theNextGoesOnAfterAFailure() throws Exception {
        CommitTurn turn = new CommitTurn(Storage.DUCKLAKE);
        assertThatThrownBy(
                        () ->
                                turn.take(
                                        () -> {
                                            throw new SQLException("conflict");
                                        }))
                .hasMessage("conflict");

        assertThat(CompletableFuture.supplyAsync(() -> taken(turn)).get()).isEqualTo("ran");
    }

    @Test
    void onDuckDbNobodyWaits() throws Exception {
        CommitTurn turn = new CommitTurn(Storage.DUCKDB);
        hold(turn);

        assertThat(taken(turn)).isEqualTo("ran");
    }

    private static String taken(CommitTurn turn) {
        try {
            return turn.take(() -> "ran");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
