package ai.altertable.flink.cluster;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One bed for each version of Flink, for all test classes: starting one takes longer than most
 * tests. They are made when a test wants them and end with the last test.
 */
final class TestBeds implements AutoCloseable {

    private final Map<FlinkVersion, TestBed> beds = new EnumMap<>(FlinkVersion.class);

    TestBed of(FlinkVersion version) throws Exception {
        TestBed bed = beds.get(version);
        if (bed == null) {
            bed =
                    TestBed.start(
                            version.name().toLowerCase(Locale.ROOT),
                            version.home(),
                            List.of(TestBed.CONNECTOR));
            beds.put(version, bed);
        }
        return bed;
    }

    @Override
    public void close() {
        beds.values().forEach(TestBed::close);
    }

    /** Gives them to tests. */
    static final class Extension implements ParameterResolver, AfterEachCallback {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TestBeds.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return shared(context);
        }

        @Override
        public void afterEach(ExtensionContext context) throws Exception {
            for (TestBed bed : shared(context).beds.values()) {
                bed.tidy();
            }
        }

        private static TestBeds shared(ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(TestBeds.class))
                    .computeIfAbsent(TestBeds.class, type -> new TestBeds(), TestBeds.class);
        }
    }
}
