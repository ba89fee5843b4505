"""What bank and registry have to be told when the council changes: opened by itself, watched until done."""
