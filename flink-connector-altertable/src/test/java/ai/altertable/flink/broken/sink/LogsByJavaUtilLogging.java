package ai.altertable.flink.broken.sink;

import java.util.logging.Logger;

class LogsByJavaUtilLogging {
    Logger logger = Logger.getLogger("here");
}
