package org.homeward.standalone.drill.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeward.standalone.drill.account.AnswerAccount.Outage;
import org.homeward.standalone.drill.account.AnswerAccount.Received;

/** Where the load writes down what happens, as it happens. Safe for many threads. */
public final class Books {

    private final List<Inform> informs = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private final List<Received> answers = new ArrayList<>();
    private final Map<Answer, Integer> counts = new EnumMap<>(Answer.class);
    private final List<Outage> outages = new ArrayList<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger posts = new AtomicInteger();

    public synchronized void acknowledged(Inform inform) {
        informs.add(inform);
    }

    public synchronized void told(Told rpc) {
        told.add(rpc);
    }

    public synchronized void placed(Order order) {
        orders.add(order);
    }

    public synchronized void answered(Received received) {
        answers.add(received);
        counts.merge(received.answer(), 1, Integer::sum);
    }

    /** No gateway, or one less, is there to answer within this time. */
    public synchronized void outage(Instant from, Instant until) {
        outages.add(new Outage(from, until));
    }

    public void sessionEnded() {
        sessions.incrementAndGet();
    }

    /** An order was posted, whatever comes of it. */
    public void orderPosted() {
        posts.incrementAndGet();
    }

    public int sessions() {
        return sessions.get();
    }

    public int orderPosts() {
        return posts.get();
    }

    public synchronized List<Inform> informs() {
        return List.copyOf(informs);
    }

    public synchronized List<Order> orders() {
        return List.copyOf(orders);
    }

    public synchronized int orderCount() {
        return orders.size();
    }

    /** How often there was which answer; asked all the time, so counted as they come. */
    public synchronized Map<Answer, Integer> answerCounts() {
        return new EnumMap<>(counts);
    }

    public synchronized List<Finding> answerFindings() {
        return AnswerAccount.findings(answers, outages);
    }

    /** What CPEs were told, seen with what they hold now. */
    public synchronized Effects effects(Map<String, Map<String, String>> held) {
        return new Effects(told, held);
    }
}
