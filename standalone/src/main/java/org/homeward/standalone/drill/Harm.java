package org.homeward.standalone.drill;

/** What a drill does to the system while it is under load. */
@FunctionalInterface
interface Harm {

    /**
     * Does it, and makes it good: when this returns all of the system runs again.
     *
     * @return what was done, for the table, in a few words
     */
    String on(Stage stage) throws Exception;
}
