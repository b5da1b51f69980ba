package ai.altertable.flink.broken;

import ai.altertable.flink.broken.client.KnowsRows;

class BaseImportsTheClient {
    KnowsRows client;
}
