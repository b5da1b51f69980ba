package ai.altertable.flink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rules of the house as ArchUnit rules. They are built for a root package, so that the same
 * rules check the connector and, to prove that they can fail, the fixtures in {@code broken}.
 */
final class HouseRules {

    /** Flink types that are not public API and that the connector cannot do without. */
    private static final Set<String> ALLOWED_FLINK_TYPES =
            Set.of(
                    // Source and SupportsCommitter, both public, ask for it in their signatures.
                    "org.apache.flink.core.io.SimpleVersionedSerializer",
                    // The only serializer of RowData: Kryo, which is what is left, loses texts.
                    "org.apache.flink.table.runtime.typeutils.InternalTypeInfo",
                    // Rows as Flink keeps and sends them itself (ADR 12); their form is that of its
                    // savepoints.
                    "org.apache.flink.table.data.binary.BinaryRowData",
                    "org.apache.flink.table.data.binary.BinaryArrayData",
                    "org.apache.flink.core.memory.MemorySegment",
                    "org.apache.flink.core.memory.MemorySegmentFactory",
                    // The only way to a Row whose fields have names and positions, as Flink's own.
                    "org.apache.flink.types.RowUtils",
                    // @Experimental, and the only way for a sink to bring rows of one key together.
                    "org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology",
                    // @Experimental, and the only way to bring all that a checkpoint is to commit
                    // to
                    // one committer, so that it is one transaction.
                    "org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology",
                    "org.apache.flink.streaming.api.connector.sink2.CommittableMessage");

    private static final String FLINK = "org.apache.flink.";

    private static final Set<String> FLINK_VALUES =
            Set.of(FLINK + "configuration", FLINK + "annotation");

    private HouseRules() {}

    static Map<String, ArchRule> of(String root) {
        return Map.of(
                "imports point down", importsPointDown(root),
                "every class has a room", everyClassHasARoom(root),
                "format knows no HTTP", formatKnowsNoHttp(root),
                "client knows no Flink runtime", clientKnowsNoFlinkRuntime(root),
                "only public Flink", onlyPublicFlink(),
                "names say what a class is for", namesSayWhatAClassIsFor(),
                "no java.util.logging", GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING,
                "no standard streams", GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS,
                "logging as of SLF4J 1.7", loggingAsOfSlf4j17());
    }

    /** Rooms may be empty today, so they are optional. */
    private static ArchRule importsPointDown(String root) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("table")
                .definedBy(root + ".table")
                .layer("sink")
                .definedBy(root + ".sink")
                .layer("source")
                .definedBy(root + ".source")
                .layer("format")
                .definedBy(root + ".format")
                .layer("client")
                .definedBy(root + ".client")
                .layer("root")
                .definedBy(root)
                .whereLayer("table")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("sink")
                .mayOnlyBeAccessedByLayers("table")
                .whereLayer("source")
                .mayOnlyBeAccessedByLayers("table")
                .whereLayer("format")
                .mayOnlyBeAccessedByLayers("table", "sink", "source")
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("table", "sink", "source", "format");
    }

    private static ArchRule everyClassHasARoom(String root) {
        return classes()
                .should()
                .resideInAnyPackage(
                        root,
                        root + ".client",
                        root + ".format",
                        root + ".sink",
                        root + ".source",
                        root + ".table");
    }

    private static ArchRule formatKnowsNoHttp(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + ".format")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3..", "java.net.http..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.HttpURLConnection");
    }

    /** Its configuration values (a duration, a size, an option) are no runtime. */
    private static ArchRule clientKnowsNoFlinkRuntime(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".client")
                .should(
                        dependOnFlinkOnlyWhere(
                                "it is configuration",
                                type -> FLINK_VALUES.contains(type.getPackageName())));
    }

    private static ArchRule onlyPublicFlink() {
        return classes()
                .should(
                        dependOnFlinkOnlyWhere(
                                "it is @Public, @PublicEvolving or on the allow-list",
                                type ->
                                        isPublicApi(type)
                                                || ALLOWED_FLINK_TYPES.contains(type.getName())));
    }

    private static ArchRule namesSayWhatAClassIsFor() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helpers?|Managers?|Impl|V[0-9]+)(\\$.*)?");
    }

    /** A cluster brings SLF4J 1.7, which lacks the fluent API of 2.0. */
    private static ArchRule loggingAsOfSlf4j17() {
        return noClasses().should().dependOnClassesThat().resideInAPackage("org.slf4j.spi");
    }

    /** The nearest annotation counts: a class inside a public class may be internal. */
    private static boolean isPublicApi(JavaClass type) {
        Optional<JavaClass> current = Optional.of(type);
        while (current.isPresent()) {
            JavaClass candidate = current.get();
            if (candidate.isAnnotatedWith("org.apache.flink.annotation.Internal")) {
                return false;
            }
            if (candidate.isAnnotatedWith("org.apache.flink.annotation.Public")
                    || candidate.isAnnotatedWith("org.apache.flink.annotation.PublicEvolving")) {
                return true;
            }
            current = candidate.getEnclosingClass();
        }
        return false;
    }

    private static ArchCondition<JavaClass> dependOnFlinkOnlyWhere(
            String reason, Predicate<JavaClass> allowed) {
        return new ArchCondition<>("depend on a Flink type only where " + reason) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (target.getName().startsWith(FLINK) && !allowed.test(target)) {
                        events.add(
                                SimpleConditionEvent.violated(
                                        dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }
}
