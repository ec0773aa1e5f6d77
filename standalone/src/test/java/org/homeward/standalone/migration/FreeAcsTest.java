package org.homeward.standalone.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.provisioning.profile.Facts;
import org.homeward.provisioning.profile.Profile;
import org.homeward.provisioning.profile.RawPaths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On an export as FreeACS's shell writes it, and on the same as tables. */
class FreeAcsTest {

    private static final String SSID = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID";
    private static final String SSID_ATTRIBUTE = SSID.replace('.', '_');
    private static final String NTP = "InternetGatewayDevice.Time.NTPServer1";

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();

    private static Path fixture(String name) throws Exception {
        return Path.of(FreeAcsTest.class.getResource("/freeacs/" + name).toURI());
    }

    private int bring(String fixture) throws Exception {
        var out = new PrintWriter(said, true);
        return Main.run(
                out,
                out,
                "freeacs",
                "--export",
                fixture(fixture).toString(),
                "--out",
                folder.resolve("out").toString());
    }

    private String made(String file) throws IOException {
        return Files.readString(folder.resolve("out").resolve(file));
    }

    private JsonNode document(String name) throws IOException {
        return new YAMLMapper().readTree(made("profiles/" + name + ".yaml"));
    }

    private Profile profile(String name) throws IOException {
        return ((Profile.Compilation.Good) Profile.compile((ObjectNode) document(name), 1, new RawPaths())).profile();
    }

    private static Facts facts(String id, Set<String> tags, Map<String, Map<String, Object>> services) {
        return new Facts(
                new DeviceKey(new TenantId("acme"), DeviceId.parse(id)),
                "Huawei",
                "InternetGatewayDevice.",
                "V3",
                "A",
                tags,
                Map.of(),
                services,
                Map.of(),
                List.of(),
                Instant.EPOCH);
    }

    @Test
    void unitsBecomeDevicesWithTheirPasswordsProfilesAndGroups() throws Exception {
        bring("ALL");

        assertThat(made("devices.csv")).isEqualTo("""
            oui,productClass,serialNumber,manufacturer,tags,username,password
            00259E,HG8245H,4857-0001,"Huawei, Inc.","hg8245h.group.all hg8245h.group.old",00259E-HG8245H-4857-0001,unit-one-secret
            00259E,HG8245H,0002,"Huawei, Inc.","hg8245h.profile.gold hg8245h.group.all hg8245h.group.golden",00259E-HG8245H-0002,unit-two-secret
            001122,BoxTwo,B1,Acme,,,
            """);
    }

    @Test
    void aProfileIsForThoseWhoHaveItsTagAndTheDefaultForAllOthersOfTheProduct() throws Exception {
        bring("ALL");

        Profile gold = profile("hg8245h.gold");
        Profile standard = profile("hg8245h.default");
        Facts golden = facts("00259E-HG8245H-0002", Set.of("hg8245h.profile.gold"), Map.of());
        Facts fresh = facts("00259E-HG8245H-0003", Set.of("lab"), Map.of());
        Facts other = facts("00259E-HG8245X-0003", Set.of(), Map.of());
        assertThat(gold.isFor(golden)).isTrue();
        assertThat(gold.isFor(fresh)).isFalse();
        assertThat(standard.isFor(golden)).isFalse();
        assertThat(standard.isFor(fresh)).isTrue();
        assertThat(standard.isFor(other)).isFalse();
        assertThat(document("hg8245h.default").path("values").path(NTP).asText())
                .isEqualTo("ntp.example.net");
        assertThat(document("hg8245h.default")
                        .path("connection")
                        .path("PeriodicInformInterval")
                        .asInt())
                .isEqualTo(3600);
        assertThat(profile("box-two.default").isFor(facts("001122-BoxTwo-B2", Set.of(), Map.of())))
                .isTrue();
    }

    @Test
    void whatAUnitHasOfItsOwnIsAServiceAndAProfileSaysWhereItGoes() throws Exception {
        bring("ALL");

        assertThat(made("subscribers.csv").lines().toList())
                .containsExactly(
                        "subscriber,oui,serialNumber,service,"
                                + "\"service.InternetGatewayDevice_LANDevice_1_WLANConfiguration_1_KeyPassphrase\","
                                + "\"service." + SSID_ATTRIBUTE + '"',
                        "00259E-HG8245H-4857-0001,00259E,4857-0001,freeacs,correct-horse,\"Ann, upstairs\"",
                        "00259E-HG8245H-0002,00259E,0002,freeacs,,Bob");
        JsonNode ssid = document("unit.internetgatewaydevice-landevice-1-wlanconfiguration-1-ssid");
        assertThat(ssid.path("values").path(SSID).path("expression").asText())
                .isEqualTo("services.freeacs." + SSID_ATTRIBUTE);
        assertThat(ssid.path("priority").asInt())
                .isGreaterThan(document("hg8245h.gold").path("priority").asInt());
        Profile own = profile("unit.internetgatewaydevice-landevice-1-wlanconfiguration-1-ssid");
        assertThat(own.isFor(facts("00259E-HG8245H-0002", Set.of(), Map.of("freeacs", Map.of(SSID_ATTRIBUTE, "Bob")))))
                .isTrue();
        assertThat(own.isFor(facts("00259E-HG8245H-0002", Set.of(), Map.of("freeacs", Map.of("other", "x")))))
                .isFalse();
        assertThat(own.isFor(facts("00259E-HG8245H-0002", Set.of(), Map.of()))).isFalse();
    }

    @Test
    void whatNeedsAPersonIsListedWithWhyAndWithoutSecrets() throws Exception {
        int code = bring("ALL");

        assertThat(code).isEqualTo(1);
        assertThat(made("report.txt").lines().toList())
                .containsExactlyInAnyOrder(
                        "profile Default of HG8245H: InternetGatewayDevice.ManagementServer.URL: is about how devices"
                                + " call FreeACS; Homeward sees to that itself",
                        "profile Gold of HG8245H: InternetGatewayDevice.UserInterface.X_HW_Hidden: is confidential in"
                                + " FreeACS, and no parameter that holds secrets here",
                        "profile Gold of HG8245H: System.X_FREEACS-COM.DesiredSoftwareVersion: firmware is a campaign's"
                                + " matter",
                        "unit lab-box: its id is not OUI, product class and serial number with hyphens between",
                        "2 units have values of their own: each became a subscriber with the id of the unit; where you"
                                + " have subscribers of your own, give those the services instead",
                        "group All of HG8245H: the 2 units in it today have the tag hg8245h.group.all; a tag stays,"
                                + " where a group follows what devices report",
                        "group Old of HG8245H: the 1 units in it today have the tag hg8245h.group.old; a tag stays,"
                                + " where a group follows what devices report",
                        "group Golden of HG8245H: the 1 units in it today have the tag hg8245h.group.golden; a tag"
                                + " stays, where a group follows what devices report",
                        "job Upgrade for the group Old of HG8245H, STARTED: upload the image of version V5 and begin a"
                                + " firmware campaign",
                        "job Clock for the group Golden of HG8245H, READY: a job ends, and a profile holds: activate"
                                + " hg8245h.job.clock only if it shall hold; 1 values for single units were left out",
                        "job Nightly for the group All of HG8245H, STARTED: order reboot, if it is still wanted; it is"
                                + " repeated, for which there is nothing here",
                        "job Tweak for the group All of HG8245H, READY: runs the script S2, which is a program",
                        "1 files: upload firmware images and scripts that are still wanted",
                        "1 users: people sign in by the identity provider here");
        assertThat(said.toString())
                .contains("6 profiles and 3 devices in")
                .doesNotContain("-secret", "correct-horse", "hush");
        assertThat(Files.getPosixFilePermissions(folder.resolve("out")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(profile("hg8245h.job.clock")
                        .isFor(facts("00259E-HG8245H-0002", Set.of("hg8245h.group.golden"), Map.of())))
                .isTrue();
    }

    @Test
    void tablesOfTheDatabaseGiveTheSame() throws Exception {
        FreeAcsExport shell = FreeAcsExport.read(fixture("ALL"));

        FreeAcsExport tables = FreeAcsExport.read(fixture("tables"));

        assertThat(tables.unitTypes()).isEqualTo(shell.unitTypes());
        assertThat(tables.units()).isEqualTo(shell.units());
        assertThat(tables.groups()).isEqualTo(shell.groups());
        assertThat(tables.jobs()).isEqualTo(shell.jobs());
    }

    @Test
    void aFolderWithoutAnExportIsNamed() throws Exception {
        int code = Main.run(
                new PrintWriter(said, true),
                new PrintWriter(said, true),
                "freeacs",
                "--export",
                folder.toString(),
                "--out",
                folder.resolve("out").toString());

        assertThat(code).isEqualTo(2);
        assertThat(said.toString()).contains("neither unittypes.txt nor unit_type.csv");
    }

    @Test
    void theCommandsOfTheDocumentationAreTaken() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "migration.md"));
        List<String> commands = Pattern.compile("^\\./homeward import freeacs (.*)$", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(command -> command.group(1))
                .toList();

        assertThat(commands).hasSize(2);
        for (String command : commands) {
            var out = new PrintWriter(said, true);
            String words = "freeacs "
                    + command.replace("freeacs/", fixture("") + "/").replace("--out ", "--out " + folder + "/");
            assertThat(Main.run(out, out, words.split(" "))).as(said.toString()).isEqualTo(1);
        }
        assertThat(folder.resolve("from-freeacs/devices.csv")).exists();
    }
}
