package ai.altertable.local.http;

import java.io.IOException;

/**
 * Where a method and a path lead.
 *
 * @param takesFile whether the body is a file, which is streamed to disk
 */
record Route(String method, String path, Access access, boolean takesFile, Endpoint endpoint) {

    enum Access {
        /** The API: with credentials, struck by faults, recorded. */
        API,
        /** With credentials, but no part of the API. */
        PRIVATE,
        /** For anyone who reaches the port. */
        PUBLIC
    }

    @FunctionalInterface
    interface Endpoint {
        void handle(Call call) throws ApiException, IOException;
    }

    static Route api(String method, String path, Endpoint endpoint) {
        return new Route(method, path, Access.API, false, endpoint);
    }

    static Route file(String path, Endpoint endpoint) {
        return new Route("POST", path, Access.API, true, endpoint);
    }

    /** A path that ends with {@code /} leads on to what is one level below it. */
    boolean leadsTo(String requested) {
        if (path.length() > 1 && path.endsWith("/")) {
            return requested.startsWith(path)
                    && requested.length() > path.length()
                    && requested.indexOf('/', path.length()) < 0;
        }
        return path.equals(requested);
    }
}
