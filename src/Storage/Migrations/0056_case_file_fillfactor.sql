-- compatible
-- A page of case_file holds about six rows when it is filled to 70 %, and then has room for the new versions of two. Cases that were reported one after
-- the other are often claimed together, and a row that finds no room on its page is entered into all indexes anew, the slow ones for searches included.
-- At 50 %, four rows have room for four new versions. Pages that are filled already stay as they are.
alter table case_file set (fillfactor = 50);
