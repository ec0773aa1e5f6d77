package org.homeward.provisioning.channel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses for homes that hear each other, one after the other, those first that are disturbed most: each takes the others'
 * networks for where they will be. So they do not all jump to the one channel that is free.
 */
public final class Neighbourhood {

    private final ChannelChooser chooser;

    public Neighbourhood(ChannelChooser chooser) {
        this.chooser = chooser;
    }

    /** @param id tells homes apart, such as the device */
    public record Home(String id, Radio radio, List<Neighbour> neighbours, Regulation regulation) {
        public Home {
            neighbours = List.copyOf(neighbours);
        }
    }

    /** The choices by the homes' ids; all homes have their radios on the same band. */
    public Map<String, Choice> choose(List<Home> homes) {
        Map<String, Integer> moved = new HashMap<>();
        Map<String, Choice> choices = new HashMap<>();
        for (Home home : inOrder(homes)) {
            List<Neighbour> heard = home.neighbours().stream()
                    .map(neighbour -> neighbour.band() == home.radio().band()
                                    && moved.get(Neighbour.plain(neighbour.bssid())) instanceof Integer channel
                            ? neighbour.on(channel)
                            : neighbour)
                    .toList();
            Choice choice = chooser.choose(home.radio(), heard, home.regulation());
            choices.put(home.id(), choice);
            if (choice.verdict() == Choice.Verdict.MOVE) {
                home.radio().bssids().forEach(bssid -> moved.put(Neighbour.plain(bssid), choice.to()));
            }
        }
        return choices;
    }

    private List<Home> inOrder(List<Home> homes) {
        Map<String, Double> heard = new HashMap<>();
        homes.forEach(
                home -> heard.put(home.id(), chooser.heardNow(home.radio(), home.neighbours(), home.regulation())));
        List<Home> inOrder = new ArrayList<>(homes);
        inOrder.sort(Comparator.comparingDouble((Home home) -> -heard.getOrDefault(home.id(), 0.0))
                .thenComparing(Home::id));
        return inOrder;
    }
}
