from coop.access.day import assembly_day, is_assembly_day

__all__ = ["assembly_day", "is_assembly_day"]
