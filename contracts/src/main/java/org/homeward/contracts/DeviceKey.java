package org.homeward.contracts;

/**
 * A device of a tenant; written {@code tenant/device} it is the key of every Kafka record about the device, so that
 * all of them keep their order.
 */
public record DeviceKey(TenantId tenant, DeviceId device) {

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException when the text is not {@code tenant/device}
     */
    public static DeviceKey parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a device key: expected tenant/device");
        }
        return new DeviceKey(new TenantId(text.substring(0, slash)), DeviceId.parse(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return tenant.value() + '/' + device;
    }
}
