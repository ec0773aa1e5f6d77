package org.homeward.standalone.migration;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From FreeACS, from what its shell exports or its tables hold. */
@Command(
        name = "freeacs",
        description = {
            "Profiles become profiles, units devices to register, values of single units a service of theirs, groups"
                    + " tags; jobs, scripts and what else happens once is listed for a person.",
            "The files hold passwords as FreeACS holds them, in clear, until they are loaded. Only you may read them."
        },
        footer = {"", "Exit code: 0 all was brought over, 1 something needs a person, 2 a file can't be read"},
        mixinStandardHelpOptions = true)
final class FreeAcs implements Callable<Integer> {

    @Option(
            names = "--export",
            paramLabel = "DIR",
            required = true,
            description = "what FreeACS's shell wrote with -export, or tables as .csv, .tsv or .json")
    private Path export = Path.of(".");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "where profiles/, devices.csv, subscribers.csv and report.txt go")
    private Path out = Path.of(".");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        FreeAcsExport read = FreeAcsExport.read(export);
        ImportFolder folder = new ImportFolder(out);
        FreeAcsGroups groups = new FreeAcsGroups(read);
        new FreeAcsProfiles(read, folder).bring();
        new FreeAcsUnits(read, groups, folder).bring();
        groups.report(folder);
        new FreeAcsJobs(read, folder).bring();
        read.rest().forEach(folder::forPerson);
        return folder.end(spec.commandLine().getOut());
    }
}
