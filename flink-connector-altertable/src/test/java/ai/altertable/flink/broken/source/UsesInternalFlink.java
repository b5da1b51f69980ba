package ai.altertable.flink.broken.source;

import org.apache.flink.util.ExceptionUtils;

class UsesInternalFlink {
    String text(Throwable throwable) {
        return ExceptionUtils.stringifyException(throwable);
    }
}
