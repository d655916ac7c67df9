/** A mail may name its sender: templates of tenants do. */
export const statements = ['alter table mails add column sender text'];
