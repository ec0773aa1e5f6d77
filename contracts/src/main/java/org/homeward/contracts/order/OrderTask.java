package org.homeward.contracts.order;

import java.util.List;
import java.util.Map;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.ParameterValue;

/** What an order asks for. */
public sealed interface OrderTask {

    /**
     * Play one action in a session of the device.
     *
     * @param type the order's type as in REST: {@code setParameterValues}, {@code refresh}, {@code reboot}, ...
     */
    record Perform(String type, Action action) implements OrderTask {}

    /**
     * Let the device run a diagnostic after its session, and read the results when it says that it is done.
     *
     * @param type the order's type as in REST: {@code ping}, {@code traceroute}, ...
     * @param inputs by their names in the diagnostic's object, such as {@code Host}; the rest stays as the device has it
     */
    record Diagnose(String type, Diagnostic diagnostic, List<ParameterValue> inputs) implements OrderTask {
        public Diagnose {
            inputs = List.copyOf(inputs);
        }
    }

    /** The diagnostics of the data models (TR-181 Device.IP.Diagnostics., TR-143). */
    enum Diagnostic {
        PING,
        TRACEROUTE,
        DOWNLOAD,
        UPLOAD
    }

    /**
     * Let the device listen after its session who else is on the air, and read what it heard when it says that it is done,
     * together with how its own radios are set. By which parameters depends on the model.
     *
     * @param type the order's type as in REST: {@code wifiScan}
     * @param object of the diagnostic, with its dot, such as {@code Device.WiFi.NeighboringWiFiDiagnostic.}
     * @param rows the table of results within the object, with its dot
     * @param columns parameters of a row, by what they tell: {@code bssid}, {@code channel}, {@code signal}, ...
     */
    record Survey(String type, String object, String rows, Map<String, String> columns, List<Radio> radios)
            implements OrderTask {
        public Survey {
            columns = Map.copyOf(columns);
            radios = List.copyOf(radios);
        }
    }

    /**
     * @param band {@code 2.4GHz}, {@code 5GHz} or {@code 6GHz}
     * @param parameters full paths, by what they tell: {@code channel}, {@code possible}, {@code bssid}, ...
     */
    record Radio(String band, Map<String, String> parameters) {
        public Radio {
            parameters = Map.copyOf(parameters);
        }
    }

    /** Make the device call, and nothing more: done when its session begins. */
    record Connect() implements OrderTask {}

    /**
     * Make the device what is wanted of it, at once: done when what is named is so, or can't be.
     *
     * @param type the order's type as in REST: {@value #PERSONAL}
     * @param names capabilities that somebody waits for, such as {@code wifi.networks[5GHz].ssid}
     */
    record Settle(String type, List<String> names) implements OrderTask {

        /** The type of those that carry out what a subscriber chose. */
        public static final String PERSONAL = "personalSettings";

        public Settle {
            names = List.copyOf(names);
        }
    }

    /** The order's type as in REST. */
    default String type() {
        return switch (this) {
            case Perform perform -> perform.type();
            case Diagnose diagnose -> diagnose.type();
            case Survey survey -> survey.type();
            case Connect connect -> "connectionRequest";
            case Settle settle -> settle.type();
        };
    }
}
