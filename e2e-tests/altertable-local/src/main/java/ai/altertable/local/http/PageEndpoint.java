package ai.altertable.local.http;

import ai.altertable.local.lake.DuckDbError;
import ai.altertable.local.lake.Inventory;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page at {@code /} and the numbers that it shows. */
final class PageEndpoint {

    private final Inventory inventory;
    private final Traffic traffic;
    private final Map<String, Object> about;

    PageEndpoint(Inventory inventory, Traffic traffic, Map<String, Object> about) {
        this.inventory = inventory;
        this.traffic = traffic;
        this.about = about;
    }

    void page(Call call) throws IOException {
        try (InputStream page =
                PageEndpoint.class.getResourceAsStream("/ai/altertable/local/page.html")) {
            call.setHeader(
                    "content-security-policy", "default-src 'self' 'unsafe-inline'; img-src data:");
            call.reply(200, "text/html;charset=utf-8", page.readAllBytes());
        }
    }

    void status(Call call) {
        Map<String, Object> status = new LinkedHashMap<>(about);
        status.put("received", traffic.toJson());
        try {
            status.put("tables", inventory.tables());
        } catch (SQLException e) {
            status.put("tables", List.of());
            status.put("error", DuckDbError.message(e));
        }
        call.setHeader("cache-control", "no-store");
        call.replyJson(status);
    }
}
