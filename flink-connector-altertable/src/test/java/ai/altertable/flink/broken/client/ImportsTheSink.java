package ai.altertable.flink.broken.client;

import ai.altertable.flink.broken.sink.ImportsTheSource;

class ImportsTheSink {
    ImportsTheSource sink;
}
