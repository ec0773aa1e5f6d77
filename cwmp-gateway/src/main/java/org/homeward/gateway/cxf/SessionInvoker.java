package org.homeward.gateway.cxf;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.cxf.interceptor.InterceptorChain;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.MessageContentsList;
import org.apache.cxf.service.invoker.Invoker;
import org.homeward.gateway.session.Answer;
import org.homeward.gateway.session.Sessions;
import org.homeward.gateway.soap.Reading;

/**
 * Asks the sessions for the answer to a message. Where it is not there yet the chain is suspended and its thread goes
 * home; when it is, the chain goes on from here on another.
 */
final class SessionInvoker implements Invoker {

    private static final String ANSWER = Answer.class.getName();

    private final Sessions sessions;
    private final Executor executor;

    SessionInvoker(Sessions sessions, Executor executor) {
        this.sessions = sessions;
        this.executor = executor;
    }

    @Override
    public Object invoke(Exchange exchange, Object input) {
        if (exchange.get(ANSWER) instanceof CompletableFuture<?> answer) {
            return new MessageContentsList(answer.join());
        }
        CompletableFuture<Answer> answer = receive(CwmpTransport.exchangeOf(exchange.getInMessage()), (List<?>) input)
                .toCompletableFuture();
        exchange.put(ANSWER, answer);
        if (!answer.isDone()) {
            // this thread holds the chain's lock until it is out: a quick resume waits for that
            InterceptorChain chain = exchange.getInMessage().getInterceptorChain();
            chain.suspend();
            answer.whenComplete((reply, failure) -> executor.execute(chain::resume));
        }
        return answer.isDone() ? new MessageContentsList(answer.join()) : new MessageContentsList();
    }

    private CompletionStage<Answer> receive(CpeExchange post, List<?> input) {
        if (input.isEmpty()) {
            return sessions.receiveEmpty(post.call());
        }
        return sessions.receive(post.call(), (Reading) input.get(0), post.body());
    }
}
