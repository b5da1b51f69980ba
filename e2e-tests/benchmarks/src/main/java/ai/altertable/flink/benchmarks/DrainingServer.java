package ai.altertable.flink.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads what it is sent and throws it away, as fast as a thread can: what a client is measured
 * against. With HTTP or without; one thread for each connection.
 */
final class DrainingServer implements AutoCloseable {

    private static final int BUFFER = 256 * 1024;

    private final ServerSocket server;

    private DrainingServer(ServerSocket server) {
        this.server = server;
    }

    /** Answers each request with {@code {"ok": true}}. */
    static DrainingServer http() throws IOException {
        return start(DrainingServer::drainHttp);
    }

    /** Answers each {@code size} bytes with one. */
    static DrainingServer raw(int size) throws IOException {
        return start(socket -> drainRaw(socket, size));
    }

    private interface Talk {
        void with(Socket socket) throws IOException;
    }

    private static DrainingServer start(Talk talk) throws IOException {
        DrainingServer draining =
                new DrainingServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        daemon(() -> draining.accept(talk));
        return draining;
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "draining-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(Talk talk) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(
                        () -> {
                            try (socket) {
                                talk.with(socket);
                            } catch (IOException e) {
                                // The client has gone, and so has this connection.
                            }
                        });
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void drainRaw(Socket socket, int size) throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (drain(socket.getInputStream(), buffer, size)) {
            socket.getOutputStream().write(1);
        }
    }

    private static void drainHttp(Socket socket) throws IOException {
        byte[] buffer = new byte[BUFFER];
        byte[] answer =
                "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"ok\": true}"
                        .getBytes(StandardCharsets.US_ASCII);
        InputStream in = socket.getInputStream();
        while (true) {
            int filled = 0;
            int end;
            do {
                int read = in.read(buffer, filled, buffer.length - filled);
                if (read < 0) {
                    return;
                }
                filled += read;
                end = endOfHead(buffer, filled);
            } while (end < 0);
            String head =
                    new String(buffer, 0, end, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
            int from = head.indexOf("content-length: ") + "content-length: ".length();
            int length = Integer.parseInt(head.substring(from, head.indexOf('\r', from)));
            if (!drain(in, buffer, length - (filled - end))) {
                return;
            }
            socket.getOutputStream().write(answer);
        }
    }

    private static int endOfHead(byte[] buffer, int filled) {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n'
                    && buffer[i - 1] == '\r'
                    && buffer[i - 2] == '\n'
                    && buffer[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Whether all of it came. */
    private static boolean drain(InputStream in, byte[] buffer, long size) throws IOException {
        long left = size;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                return false;
            }
            left -= read;
        }
        return true;
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
