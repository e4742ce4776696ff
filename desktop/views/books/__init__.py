"""The registers beside the ledger on the page 统计: one list, one form and one import, made from what each holds."""
