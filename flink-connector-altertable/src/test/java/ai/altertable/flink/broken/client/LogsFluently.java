package ai.altertable.flink.broken.client;

import org.slf4j.Logger;

class LogsFluently {
    void log(Logger logger) {
        logger.atInfo().log("a method that SLF4J 1.7 lacks");
    }
}
