package ai.altertable.flink.broken.format;

import java.net.http.HttpClient;

class SpeaksHttp {
    HttpClient http;
}
