package org.homeward.standalone.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.Slice;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

    private static final JavaClasses HOMEWARD = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.homeward");

    private static final String[] SERVICES = {
        "org.homeward.gateway..",
        "org.homeward.provisioning..",
        "org.homeward.registry..",
        "org.homeward.httpconnector..",
        "org.homeward.stunconnector..",
        "org.homeward.xmppconnector.."
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contracts",
                "kit",
                "backends",
                "simulator",
                "gateway",
                "provisioning",
                "registry",
                "httpconnector",
                "stunconnector",
                "xmppconnector"
            })
    void everyModuleIsSeenByTheseRules(String module) {
        assertThat(HOMEWARD).anyMatch(type -> type.getPackageName().startsWith("org.homeward." + module));
    }

    @Test
    void contractsDependOnNoFramework() {
        classes()
                .that(resideInAPackage("org.homeward.contracts.."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("org.homeward.contracts..", "java..", "org.jspecify.."))
                .check(HOMEWARD);
    }

    @Test
    void servicesKnowNoOtherService() {
        slices().matching("org.homeward.(*)..")
                .that(new DescribedPredicate<>("are services") {
                    @Override
                    public boolean test(Slice slice) {
                        return List.of(
                                        "gateway",
                                        "provisioning",
                                        "registry",
                                        "httpconnector",
                                        "stunconnector",
                                        "xmppconnector")
                                .contains(slice.getNamePart(1));
                    }
                })
                .should()
                .notDependOnEachOther()
                .check(HOMEWARD);
    }

    @Test
    void servicesDependOnContractsAndServiceKitOnly() {
        noClasses()
                .that(resideInAnyPackage(SERVICES))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.homeward.standalone..", "org.homeward.backends..", "org.homeward.simulator.."))
                .check(HOMEWARD);
    }

    @Test
    void theServiceKitKnowsContractsAndNoService() {
        classes()
                .that(resideInAPackage("org.homeward.kit.."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("org.homeward.kit..", "org.homeward.contracts..")
                        .or(not(resideInAPackage("org.homeward.."))))
                .check(HOMEWARD);
    }

    @Test
    void theSimulatorSharesNoCodeWithTheServerItTests() {
        classes()
                .that(resideInAPackage("org.homeward.simulator.."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "org.homeward.simulator..",
                        "java..",
                        "javax..",
                        "com.sun.net.httpserver..",
                        "com.sun.management..",
                        "org.jspecify..",
                        "picocli..",
                        "com.fasterxml.jackson.."))
                .check(HOMEWARD);
    }

    @Test
    void theSoapCodecKnowsNothingOfOursButMessageRecords() {
        classes()
                .that(resideInAPackage("org.homeward.gateway.soap.."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "org.homeward.gateway.soap..",
                                "org.homeward.contracts.rpc..",
                                "org.homeward.contracts.session..")
                        .or(not(resideInAPackage("org.homeward.."))))
                .check(HOMEWARD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.homeward.gateway.session",
                "org.homeward.gateway.plan",
                "org.homeward.gateway.soap",
                "org.homeward.provisioning.plan",
                "org.homeward.provisioning.channel",
                "org.homeward.provisioning.order",
                "org.homeward.registry.inventory",
                "org.homeward.registry.session",
                "org.homeward.registry.timeline",
                "org.homeward.registry.twin",
                "org.homeward.stunconnector.binding",
                "org.homeward.stunconnector.codec",
                "org.homeward.stunconnector.delivery",
                "org.homeward.stunconnector.server",
                "org.homeward.xmppconnector.account",
                "org.homeward.xmppconnector.delivery",
                "org.homeward.xmppconnector.presence",
                "org.homeward.xmppconnector.stream"
            })
    void theRootOfAFeatureIsFreeOfAdapters(String feature) {
        noClasses()
                .that()
                .resideInAPackage(feature)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "jakarta.persistence..",
                        "org.hibernate..",
                        "org.apache.kafka..",
                        "org.apache.cxf..",
                        "com.mongodb..",
                        "org.bson..",
                        "jakarta.ws.rs.."))
                .check(HOMEWARD);
    }

    @Test
    void servicesTakeTheTimeFromAClock() {
        noClasses()
                .that(resideInAnyPackage(SERVICES).or(resideInAPackage("org.homeward.kit..")))
                .should()
                .callMethod(Instant.class, "now")
                .check(HOMEWARD);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Impl")
                .or()
                .haveSimpleNameEndingWith("Utils")
                .or()
                .haveSimpleNameEndingWith("Constants")
                .or()
                .haveSimpleNameEndingWith("Manager")
                .should(new ArchCondition<>("exist") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        events.add(SimpleConditionEvent.satisfied(item, item.getName()));
                    }
                })
                .allowEmptyShould(true)
                .check(HOMEWARD);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(HOMEWARD.getPackage("org.homeward").getSubpackagesInTree())
                .filteredOn(found -> !found.getClasses().isEmpty())
                .filteredOn(found -> !found.isAnnotatedWith(NullMarked.class))
                .extracting(JavaPackage::getName)
                .isEmpty();
    }
}
