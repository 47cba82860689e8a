package io.statefulkit.embedded.store;

/** Hears of changes: one call at a time, in the order of revisions, on a thread of the store's dispatcher. */
public interface SubscriptionListener {

    /** Takes what was there when the subscription began; called first, and only when that was asked for. */
    void initial(Snapshot snapshot);

    /** Takes one change. */
    void changed(Change change);

    /** Says that this listener was so slow that changes are lost; nothing comes after it. */
    void lost(long oldest);

    /** Says, when asked for by {@link Subscription#requestProgress()}, that all changes up to a revision were given. */
    void progress(long revision);
}
