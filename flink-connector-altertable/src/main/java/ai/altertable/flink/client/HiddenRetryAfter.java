package ai.altertable.flink.client;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps the header {@code Retry-After} from OkHttp, and for us under another name.
 *
 * <p>OkHttp reads it of a 503 in any case, and a number that is no {@code int} ends its thread: the
 * status is lost, and with it that nothing has happened.
 */
final class HiddenRetryAfter implements Interceptor {

    /** What it is called from here on. */
    static final String NAME = "X-Flink-Retry-After";

    private static final String SENT = "Retry-After";

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String value = response.header(SENT);
        Response.Builder hidden = response.newBuilder().removeHeader(SENT).removeHeader(NAME);
        return value == null ? response : hidden.header(NAME, value).build();
    }
}
