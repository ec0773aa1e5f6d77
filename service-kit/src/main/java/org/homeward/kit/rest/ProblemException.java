package org.homeward.kit.rest;

import jakarta.ws.rs.WebApplicationException;

/** Ends a request with a problem document. */
public final class ProblemException extends WebApplicationException {

    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail(), problem.response());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
