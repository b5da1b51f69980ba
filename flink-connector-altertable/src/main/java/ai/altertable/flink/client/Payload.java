package ai.altertable.flink.client;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The body of a request: bytes whose number is known and that can be written as often as the
 * request is tried, always the same.
 */
public interface Payload {

    long sizeInBytes();

    void writeTo(OutputStream out) throws IOException;
}
