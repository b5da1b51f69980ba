package ai.altertable.local.http;

import ai.altertable.local.Api;
import ai.altertable.local.lake.BadRequest;
import ai.altertable.local.lake.FileFormat;
import ai.altertable.local.lake.Lake;
import ai.altertable.local.lake.Load;
import ai.altertable.local.lake.LoadMode;
import ai.altertable.local.lake.TableRef;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code POST /upload} and {@code POST /upsert}. */
final class UploadEndpoint {

    private final Api api;
    private final Lake lake;
    private final Traffic traffic;

    UploadEndpoint(Api api, Lake lake, Traffic traffic) {
        this.api = api;
        this.lake = lake;
        this.traffic = traffic;
    }

    static TableRef table(Call call) throws ApiException {
        TableRef table =
                new TableRef(
                        call.requiredParameter("catalog"),
                        call.requiredParameter("schema"),
                        call.requiredParameter("table"));
        if (table.toString().indexOf('\0') >= 0) {
            throw new ApiException(400, "A name cannot hold a NUL character");
        }
        return table;
    }

    void upload(Call call) throws ApiException, IOException {
        TableRef table = table(call);
        LoadMode mode;
        try {
            mode = LoadMode.ofParameter(call.requiredParameter("mode"));
        } catch (BadRequest e) {
            throw new ApiException(400, e.getMessage());
        }
        if (mode == LoadMode.UPSERT && !api.uploadCanUpsert()) {
            throw new ApiException(400, "Unknown mode 'upsert': use POST /upsert");
        }
        load(call, table, mode);
    }

    void upsert(Call call) throws ApiException, IOException {
        load(call, table(call), LoadMode.UPSERT);
    }

    private void load(Call call, TableRef table, LoadMode mode) throws ApiException, IOException {
        boolean keyed = mode == LoadMode.UPSERT;
        List<String> keys =
                keyed ? LoadMode.columns(call.requiredParameter("primary_key")) : List.of();
        Optional<String> cursor = keyed ? call.parameter("cursor_field") : Optional.empty();
        try {
            Load load = new Load(table, mode, format(call), call.body().path(), keys, cursor);
            long rows = load.run(lake);
            traffic.loaded(rows, call.body().size());
            call.replyJson(Map.of("ok", true, "rows", rows));
        } catch (BadRequest | SQLException e) {
            throw new ApiException(400, e.getMessage());
        }
    }

    /** Which of the three ways to name a format counts, depends on the generation. */
    private FileFormat format(Call call) throws ApiException, BadRequest, IOException {
        Optional<FileFormat> byType =
                api.detectsFormat()
                        ? FileFormat.ofContentType(call.header("content-type"))
                        : Optional.empty();
        if (byType.isPresent()) {
            return byType.get();
        }
        Optional<String> parameter = call.parameter("format");
        if (api.readsFormatParameter() && parameter.isPresent()) {
            return FileFormat.ofParameter(parameter.get());
        }
        if (!api.detectsFormat()) {
            throw new ApiException(400, "Missing query parameter: format");
        }
        return FileFormat.sniff(call.body().path());
    }
}
