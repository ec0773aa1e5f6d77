package org.homeward.simulator.behaviour;

import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * When in one session something happens to its connection, by the number of the POST, from 0.
 *
 * @param drop the connection is reset in the middle of this one
 * @param resend this one is sent twice, for the first answer never arrives
 * @param cookieLoss this one and all later ones go without cookies
 */
public record Mishaps(int drop, int resend, int cookieLoss) {
    private static final int NEVER = -1;
    /** The Inform, the empty POST and the answers to two RPCs. */
    private static final int POSTS = 4;

    public static Mishaps none() {
        return new Mishaps(NEVER, NEVER, NEVER);
    }

    /** Those of a CPE's next session. */
    public static Mishaps drawn(Set<Misbehaviour> ways, RandomGenerator random) {
        boolean drops = ways.contains(Misbehaviour.DROPS) && random.nextBoolean();
        return new Mishaps(
                drops ? random.nextInt(POSTS) : NEVER,
                ways.contains(Misbehaviour.RESENDS) ? random.nextInt(POSTS) : NEVER,
                ways.contains(Misbehaviour.LOSES_COOKIES) ? 1 + random.nextInt(POSTS - 1) : NEVER);
    }
}
