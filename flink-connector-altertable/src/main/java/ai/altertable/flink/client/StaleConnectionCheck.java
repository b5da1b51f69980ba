package ai.altertable.flink.client;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Looks whether the server has closed a pooled connection, before a request goes out on it: now
 * this is a request that never left, a moment later it would be one with an unknown outcome.
 *
 * <p>OkHttp asks the same question only of connections that were idle for ten seconds. HTTP/2
 * connections have a reader at all times and know by themselves. It costs a millisecond, the
 * shortest time that a socket can be asked to wait for.
 */
final class StaleConnectionCheck implements Interceptor {

    @Override
    public Response intercept(Chain chain) throws IOException {
        Attempt<?> attempt = chain.request().tag(Attempt.class);
        Connection connection = chain.connection();
        if (attempt != null
                && connection != null
                && attempt.isOnUsedConnection()
                && connection.protocol() != Protocol.HTTP_2
                && isClosedByServer(connection.socket())) {
            // OkHttp closes the connection of a call that fails, so it does not come back.
            throw new IOException("the server has closed the idle connection");
        }
        return chain.proceed(chain.request());
    }

    private static boolean isClosedByServer(Socket socket) {
        try {
            int timeout = socket.getSoTimeout();
            try {
                socket.setSoTimeout(1);
                // The end, or a byte that nobody asked for: the connection is of no use.
                return socket.getInputStream().read() >= -1;
            } finally {
                socket.setSoTimeout(timeout);
            }
        } catch (SocketTimeoutException silent) {
            return false;
        } catch (IOException broken) {
            return true;
        }
    }
}
