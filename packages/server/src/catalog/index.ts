/** The CRM's catalog for programs that read, explain or compile audience rules. Importing it starts nothing. */

export { crmCatalog } from './crm-catalog.ts'
