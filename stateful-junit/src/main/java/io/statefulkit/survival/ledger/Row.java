package io.statefulkit.survival.ledger;

import io.statefulkit.survival.history.Element;

/**
 * One row as a read returned it.
 *
 * @param run the run it belongs to
 * @param element its identity
 * @param digest the MD5 of its payload in lower-case hexadecimal digits, computed by the database
 */
public record Row(String run, Element element, String digest) {}
