package org.homeward.contracts.order;

import java.util.List;
import org.homeward.contracts.rpc.ParameterFault;
import org.jspecify.annotations.Nullable;

/**
 * Why an order failed.
 *
 * @param code CWMP fault code; 0 where no CPE gave one
 * @param parameter the first parameter that it names, if any
 * @param parameters all that it names
 */
public record OrderFault(int code, String text, @Nullable String parameter, List<ParameterFault> parameters) {
    public OrderFault {
        parameters = List.copyOf(parameters);
    }
}
