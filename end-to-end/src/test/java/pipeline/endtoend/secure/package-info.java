/**
 * A real broker with TLS, SASL, client certificates and access rules. Start with {@link
 * pipeline.endtoend.secure.SecureBroker}; {@link pipeline.endtoend.secure.ClientSettings} makes the settings of a client
 * that may connect, {@link pipeline.endtoend.secure.TokenServer} gives it tokens, and {@link pipeline.endtoend.secure.Rights}
 * lists what each component needs.
 */
package pipeline.endtoend.secure;
