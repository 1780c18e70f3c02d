"""Values that a column may hold and how they are recognised: identifiers, birth dates, professions, specialties."""
