package org.homeward.standalone.migration;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.homeward.standalone.migration.FreeAcsExport.Job;
import org.homeward.standalone.migration.FreeAcsExport.UnitType;

/**
 * Jobs of FreeACS, which do something once to each unit of a group. Those that set parameters and have not come to their end
 * become profiles for a person to judge; what the others did is done.
 */
final class FreeAcsJobs {

    private static final int PRIORITY = FreeAcsProfiles.PRIORITY + 50;
    private static final String ENDED = "COMPLETED";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FreeAcsExport export;
    private final ImportFolder folder;

    FreeAcsJobs(FreeAcsExport export, ImportFolder folder) {
        this.export = export;
        this.folder = folder;
    }

    void bring() {
        export.jobs().stream()
                .filter(job -> !job.status().equals(ENDED))
                .forEach(job -> folder.forPerson("job " + job.name()
                        + " for the group " + job.group() + " of " + job.unitType()
                        + (job.status().isEmpty() ? "" : ", " + job.status()) + ": " + what(job) + repeated(job)));
    }

    private static String repeated(Job job) {
        return job.repeats().isEmpty() ? "" : "; it is repeated, for which there is nothing here";
    }

    private String what(Job job) {
        return switch (job.type()) {
            case "CONFIG" -> config(job);
            case "SOFTWARE" -> "upload the image of version " + job.version() + " and begin a firmware campaign";
            case "RESTART" -> "order reboot, if it is still wanted";
            case "RESET" -> "order factoryReset, if it is still wanted";
            case "KICK" -> "order connectionRequest, if it is still wanted";
            default -> "runs the script " + job.version() + ", which is a program";
        };
    }

    private String config(Job job) {
        UnitType type = export.unitTypes().get(job.unitType());
        String single = job.perUnit() == 0 ? "" : "; " + job.perUnit() + " values for single units were left out";
        ObjectNode profile = JSON.createObjectNode();
        String name = ImportFolder.name(job.unitType(), "job", job.name());
        profile.put("name", name);
        profile.put("description", "Job " + job.name() + " of FreeACS.");
        profile.put("priority", PRIORITY);
        profile.put("condition", '"' + FreeAcsGroups.tag(job.unitType(), job.group()) + "\" in device.tags");
        if (type != null) {
            FreeAcsProfiles.values(type, job.values(), "job " + job.name(), profile, folder);
        }
        if (!profile.has("values") && !profile.has("connection")) {
            return "sets nothing that could be brought over" + single;
        }
        folder.profile("job " + job.name(), profile);
        return "a job ends, and a profile holds: activate " + name + " only if it shall hold" + single;
    }
}
