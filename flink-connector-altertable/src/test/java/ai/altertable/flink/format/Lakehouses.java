package ai.altertable.flink.format;

import ai.altertable.flink.Connection;
import ai.altertable.flink.Credentials;
import ai.altertable.flink.UpsertEndpoint;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.ClientObserver;
import ai.altertable.flink.client.RetryPolicy;
import ai.altertable.local.AltertableLocal;
import java.time.Duration;

/** Clients of local lakehouses. */
final class Lakehouses {

    private static final RetryPolicy QUICK =
            new RetryPolicy(Duration.ofSeconds(30), Duration.ofMillis(20), Duration.ofMillis(100));

    private Lakehouses() {}

    static AltertableClient open(AltertableLocal lakehouse) {
        Connection connection =
                new Connection(
                        lakehouse.url(),
                        Credentials.ofPassword(
                                lakehouse.username(),
                                lakehouse.password(),
                                Credentials.Scheme.BASIC),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        "",
                        "");
        return AltertableClient.open(connection, QUICK, UpsertEndpoint.AUTO, ClientObserver.NONE);
    }
}
