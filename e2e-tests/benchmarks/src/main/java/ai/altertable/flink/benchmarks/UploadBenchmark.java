package ai.altertable.flink.benchmarks;

import ai.altertable.flink.Connection;
import ai.altertable.flink.TableId;
import ai.altertable.flink.UpsertEndpoint;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.ClientObserver;
import ai.altertable.flink.client.Payload;
import ai.altertable.flink.client.RetryPolicy;
import ai.altertable.flink.client.Upload;
import ai.altertable.flink.client.UploadMode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the client costs: the POST of a chunk of 8 MiB over loopback, beside the same bytes through
 * a bare socket. The ratio of the two is the number; each alone tells about the machine.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-Xmx1g"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
public class UploadBenchmark {

    private static final int SIZE = 8 * 1024 * 1024;
    private static final int BLOCK = 64 * 1024;

    /** One array, written in blocks: as a chunk of the sink writes itself. */
    private record Bytes(byte[] bytes) implements Payload {
        @Override
        public long sizeInBytes() {
            return bytes.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            for (int from = 0; from < bytes.length; from += BLOCK) {
                out.write(bytes, from, BLOCK);
            }
        }
    }

    private final byte[] bytes = new byte[SIZE];
    private DrainingServer http;
    private DrainingServer raw;
    private AltertableClient client;
    private Upload upload;
    private Socket socket;

    @Setup
    public void start() throws IOException {
        new Random(1).nextBytes(bytes);
        http = DrainingServer.http();
        raw = DrainingServer.raw(SIZE);
        Connection connection =
                Connection.from(
                        Configuration.fromMap(
                                Map.of(
                                        "url", "http://127.0.0.1:" + http.port(),
                                        "username", "alice",
                                        "password", "sesame")));
        client =
                AltertableClient.open(
                        connection, RetryPolicy.NEVER, UpsertEndpoint.AUTO, ClientObserver.NONE);
        upload =
                new Upload(
                        new TableId("lake", "main", "orders"),
                        UploadMode.APPEND,
                        "parquet",
                        new Bytes(bytes));
        socket = new Socket(InetAddress.getLoopbackAddress(), raw.port());
    }

    @TearDown
    public void stop() throws IOException {
        client.close();
        socket.close();
        http.close();
        raw.close();
    }

    @Benchmark
    public void post() {
        client.upload(upload).join();
    }

    @Benchmark
    public int socket() throws IOException {
        new Bytes(bytes).writeTo(socket.getOutputStream());
        return socket.getInputStream().read();
    }
}
