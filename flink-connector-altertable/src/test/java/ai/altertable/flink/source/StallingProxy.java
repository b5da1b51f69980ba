package ai.altertable.flink.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a server. Of answers that are large it lets some through, and stops
 * in the middle of those that follow, without a word and for as long as the client has patience.
 */
final class StallingProxy implements AutoCloseable {

    /** What an answer may bring before it stalls; only splits are larger. */
    private static final long SMALL = 100_000;

    private static final int BUFFER = 8192;

    private final URI server;
    private final ServerSocket socket;
    private final AtomicInteger passing;
    private final AtomicInteger stalled = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean stalling = true;

    /**
     * @param passing how many large answers come through
     */
    StallingProxy(URI server, int passing) throws IOException {
        this.server = server;
        this.passing = new AtomicInteger(passing);
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** Answers that have stopped in the middle so far. */
    int stalled() {
        return stalled.get();
    }

    /** Connections that the client has not closed. */
    int connections() {
        return open.get();
    }

    /** From now on nothing stalls any more; what has stalled stays so. */
    void letAllPass() {
        stalling = false;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException | InterruptedException e) {
                                // One of the two has gone, as it may.
                            }
                        },
                        "stalling-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = socket.accept();
            open.incrementAndGet();
            Pipe pipe = new Pipe(client, new Socket(server.getHost(), server.getPort()));
            start(pipe::requests);
            start(pipe::answers);
        }
    }

    /** A connection, and the one to the server that belongs to it. */
    private final class Pipe {

        private final Socket client;
        private final Socket upstream;

        /** Of the answer to the last request. */
        private volatile long brought;

        private volatile boolean free;

        Pipe(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void requests() throws IOException {
            byte[] buffer = new byte[BUFFER];
            InputStream in = client.getInputStream();
            try (upstream) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    brought = 0;
                    free = false;
                    upstream.getOutputStream().write(buffer, 0, read);
                }
            } finally {
                open.decrementAndGet();
            }
        }

        void answers() throws IOException, InterruptedException {
            byte[] buffer = new byte[BUFFER];
            InputStream in = upstream.getInputStream();
            try (client) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    long all = brought + read;
                    brought = all;
                    if (all > SMALL && !free) {
                        free = !stalling || passing.getAndDecrement() > 0;
                        stallUnlessFree();
                    }
                    client.getOutputStream().write(buffer, 0, read);
                }
            }
        }

        private void stallUnlessFree() throws InterruptedException {
            if (!free) {
                stalled.incrementAndGet();
                end.await();
            }
        }
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        socket.close();
    }
}
