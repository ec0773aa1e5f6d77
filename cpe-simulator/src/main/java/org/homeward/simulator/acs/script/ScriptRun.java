package org.homeward.simulator.acs.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.homeward.simulator.acs.ScriptedAcs.Dialogue;
import org.homeward.simulator.acs.ScriptedAcs.Heard;
import org.homeward.simulator.soap.Element;

/** One device on its way through a script, over as many sessions as it takes. */
final class ScriptRun {

    /**
     * A step that is behind the device.
     *
     * @param wrong what was not as expected; empty when all was
     */
    record Result(Step step, List<String> wrong) {}

    private final String deviceId;
    private final List<Step> steps;
    private final BiConsumer<ScriptRun, Result> onResult;
    private final List<Result> results = new ArrayList<>();
    private String root = "";
    private String acs = "";
    private boolean asked;

    ScriptRun(String deviceId, AcsScript script, BiConsumer<ScriptRun, Result> onResult) {
        this.deviceId = deviceId;
        this.steps = script.steps();
        this.onResult = onResult;
    }

    String deviceId() {
        return deviceId;
    }

    synchronized boolean isThrough() {
        return results.size() == steps.size();
    }

    synchronized boolean isFlawless() {
        return isThrough() && results.stream().allMatch(r -> r.wrong().isEmpty());
    }

    /** What it has to do or to say next; empty when it is through. */
    synchronized Optional<String> awaits() {
        return isThrough()
                ? Optional.empty()
                : Optional.of(steps.get(results.size()).title());
    }

    /** A session begins. One that comes in the middle of what was asked goes on with it. */
    synchronized Dialogue informed(Heard inform) {
        root = inform.values().keySet().stream()
                .filter(name -> name.contains("."))
                .map(name -> name.substring(0, name.indexOf('.') + 1))
                .findFirst()
                .orElse(root);
        // As the device itself calls us, for it may be in another network than we think.
        acs = "http://" + Objects.requireNonNullElse(inform.headers().first("Host"), "") + "/";
        asked = false;
        if (!isThrough()
                && steps.get(results.size()) instanceof Step.AwaitInform await
                && check().carries(await, inform)) {
            done(await, check().inform(await, inform));
        }
        return new Dialogue() {
            @Override
            public Optional<String> next() {
                return ask();
            }

            @Override
            public void hears(Heard said) {
                said(said);
            }
        };
    }

    private synchronized Optional<String> ask() {
        if (!isThrough() && steps.get(results.size()) instanceof Step.Ask ask) {
            asked = true;
            return Optional.of(fill(ask.body()));
        }
        return Optional.empty();
    }

    private synchronized void said(Heard said) {
        if (isThrough()) {
            return;
        }
        switch (steps.get(results.size())) {
            case Step.Ask ask -> {
                boolean answers = said.name().equals("Fault") || said.name().endsWith("Response");
                if (asked && answers) {
                    asked = false;
                    done(ask, check().answer(ask, said));
                }
            }
            case Step.AwaitTransfer await -> {
                if (said.name().equals("TransferComplete")) {
                    done(await, check().transfer(await, said));
                }
            }
            case Step.AwaitInform inform -> {
                // Comes with the next session.
            }
        }
    }

    private void done(Step step, List<String> wrong) {
        Result result = new Result(step, wrong);
        results.add(result);
        onResult.accept(this, result);
    }

    private Check check() {
        return new Check(this::fill);
    }

    private String fill(String text) {
        return text.replace("{root}", root).replace("{acs}", acs);
    }

    /** {@code OUI-ProductClass-Serial} of an Inform. */
    static String deviceId(Heard inform) {
        Element id = inform.payload().child("DeviceId").orElse(inform.payload());
        String productClass = id.childText("ProductClass");
        return id.childText("OUI") + "-" + (productClass.isEmpty() ? "" : productClass + "-")
                + id.childText("SerialNumber");
    }
}
