package ai.altertable.flink.client;

import java.io.IOException;

/**
 * Makes something of a whole result.
 *
 * <h2>Again from the start</h2>
 *
 * <p>A result that breaks off is asked for again, and {@link #read} is called again with the new
 * one: what an earlier call has gathered is void, and no call follows one that returned.
 *
 * <h2>Failures</h2>
 *
 * <p>What the stream throws must pass through. What the reader itself finds wrong is a {@link
 * ResultException}, whose verdict says whether to ask again; after any other exception nobody is
 * asked again.
 */
public interface ResultReader<T> {

    /**
     * Reads the result, to its clean end if it is to be complete. Called on an HTTP thread that may
     * block; the stream is closed by the caller, and from outside when the client is closed.
     */
    T read(QueryStream stream) throws IOException;
}
