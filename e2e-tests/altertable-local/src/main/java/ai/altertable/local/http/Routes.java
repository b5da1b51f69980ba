package ai.altertable.local.http;

import java.util.List;
import java.util.stream.Collectors;

/** All routes of the server. */
record Routes(List<Route> routes) {

    Route find(Call call) throws ApiException {
        List<Route> onPath = routes.stream().filter(r -> r.leadsTo(call.path())).toList();
        if (onPath.isEmpty()) {
            throw new ApiException(404, "There is nothing at " + printable(call.path()));
        }
        for (Route route : onPath) {
            if (route.method().equals(call.method())) {
                return route;
            }
        }
        String allowed = onPath.stream().map(Route::method).collect(Collectors.joining(", "));
        call.setHeader("allow", allowed);
        throw new ApiException(405, "Only " + allowed + " at this path");
    }

    private static String printable(String path) {
        return path.length() > 100 || !path.matches("[ -~]*") ? "this path" : path;
    }
}
