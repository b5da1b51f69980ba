package ai.altertable.local.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that can be asked whether its client has gone.
 *
 * <p>While a request of HTTP/1.1 is handled nobody reads from its connection, so the end of it
 * would stay unseen until the next write, which a long query may never reach. Asking reads ahead;
 * what a pipelining client sent is kept for the parser.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {

    private static final int MAX_AHEAD = 64 * 1024;

    private final ByteArrayOutputStream ahead = new ByteArrayOutputStream();
    private ByteBuffer kept = BufferUtil.EMPTY_BUFFER;

    WatchedEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** The watched connection below an end point, TLS or not; null where there is none. */
    static WatchedEndPoint below(EndPoint endPoint) {
        EndPoint lowest = endPoint;
        while (lowest instanceof EndPoint.Wrapper wrapper) {
            lowest = wrapper.unwrap();
        }
        return lowest instanceof WatchedEndPoint watched ? watched : null;
    }

    /** Only for a moment in which the request has been read and its answer has not ended. */
    synchronized boolean clientIsGone() {
        if (!isOpen()) {
            return true;
        }
        if (ahead.size() >= MAX_AHEAD) {
            return false;
        }
        try {
            ByteBuffer probe = ByteBuffer.allocate(4096);
            int read = getChannel().read(probe);
            if (read > 0) {
                ahead.write(probe.array(), 0, read);
            }
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public synchronized int fill(ByteBuffer buffer) throws IOException {
        if (ahead.size() > 0 && !kept.hasRemaining()) {
            kept = ByteBuffer.wrap(ahead.toByteArray());
            ahead.reset();
        }
        if (!kept.hasRemaining()) {
            return super.fill(buffer);
        }
        int position = BufferUtil.flipToFill(buffer);
        int moved = Math.min(kept.remaining(), buffer.remaining());
        buffer.put(kept.slice().limit(moved));
        kept.position(kept.position() + moved);
        BufferUtil.flipToFlush(buffer, position);
        return moved;
    }
}
