package ai.altertable.flink.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server on a bare socket: for misbehaviour that no HTTP library lets one write. */
final class ScriptedServer implements AutoCloseable {

    /** What the server does with one connection; when it returns, the connection is closed. */
    interface Script {
        void play(Conversation conversation) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int connections;

    private ScriptedServer(ServerSocket server) {
        this.server = server;
    }

    /** Plays the scripts, one for each connection; the last one for all that follow. */
    static ScriptedServer playing(Script... scripts) {
        try {
            return on(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), scripts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ScriptedServer on(ServerSocket socket, Script... scripts) {
        ScriptedServer server = new ScriptedServer(socket);
        Thread thread = new Thread(() -> server.accept(scripts), "scripted-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private void accept(Script[] scripts) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Script script = scripts[Math.min(connections++, scripts.length - 1)];
                Thread thread = new Thread(() -> converse(socket, script), "scripted-server");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void converse(Socket socket, Script script) {
        try (socket) {
            script.play(new Conversation(socket));
        } catch (IOException | InterruptedException e) {
            // The client has gone, as it may.
        }
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections;
    }

    /** The heads of all requests so far. */
    List<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** One connection, as the server sees it. */
    final class Conversation {

        private final Socket socket;
        private final InputStream in;

        Conversation(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        /** Reads up to the blank line. */
        String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int b = in.read();
                if (b < 0) {
                    throw new IOException("the client has closed the connection");
                }
                head.append((char) b);
            }
            heads.add(head.toString());
            return head.toString();
        }

        byte[] body(String head) throws IOException {
            for (String line : head.split("\r\n")) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
                    return in.readNBytes(Integer.parseInt(line.substring(16).strip()));
                }
            }
            return new byte[0];
        }

        /** Reads a request as a whole. */
        byte[] request() throws IOException {
            return body(head());
        }

        void read(int bytes) throws IOException {
            in.readNBytes(bytes);
        }

        Conversation send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return this;
        }

        void answer(int status, String headers, String body) throws IOException {
            send(
                    "HTTP/1.1 "
                            + status
                            + " X\r\n"
                            + headers
                            + "Content-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body);
        }

        void chunk(String text) throws IOException {
            send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
        }

        /** Ends the connection with a RST: what was sent may be lost, too. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Says nothing more, as long as the test lasts. */
        void hang() throws InterruptedException {
            closed.await();
        }

        boolean isOver() {
            return closed.getCount() == 0;
        }

        Socket socket() {
            return socket;
        }
    }
}
