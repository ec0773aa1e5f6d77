package org.homeward.provisioning.channel;

/**
 * What channels are held against each other by; in dB.
 *
 * @param gain for less a network stays where it is
 * @param radar what a channel on which radar may come is worse
 * @param odd what a channel across those that do not disturb each other is worse
 */
public record ChannelPolicy(double gain, double radar, double odd) {

    public static final ChannelPolicy USUAL = new ChannelPolicy(6, 6, 3);
}
